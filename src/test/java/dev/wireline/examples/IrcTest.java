package dev.wireline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IrcTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String REGISTERED = """
      C: NICK wire
      C: USER wire 0 * :wire
      S: :irc.test 001 wire :Welcome wire!wire@client.test
      """;

  private static IrcMessage heard(Irc irc) throws IOException {
    return irc.listen(SOON).orElseThrow(() -> new IOException("nobody speaks"));
  }

  private static Irc client(ScriptedServer server) {
    return new Irc(server.endpoint(), LineOptions.standard(), "wire");
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void registersAndTalks(Delivery delivery) throws IOException {
    String script = REGISTERED + """
        C: JOIN #lab
        S: :wire!wire@client.test JOIN :#lab
        C: PRIVMSG #lab :good morning: all of you
        S: :ann!a@b.test PRIVMSG #lab :morning
        S: PING :still there?
        C: PONG :still there?
        C: QUIT :bye
        S: ERROR :Closing link
        """;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var irc = client(server)) {
      irc.join("#lab");
      assertThat(heard(irc).command()).isEqualTo("JOIN");
      irc.privmsg("#lab", "good morning: all of you");
      IrcMessage answer = heard(irc);
      assertThat(heard(irc).command()).isEqualTo("PING");
      irc.quit("bye");

      assertThat(answer)
          .isEqualTo(new IrcMessage("ann!a@b.test", "PRIVMSG", List.of("#lab", "morning")));
      assertThat(answer.nick()).isEqualTo("ann");
      assertThat(heard(irc).isError()).isTrue();
      server.verify();
    }
  }

  @Test
  void answersTheLongestPing() throws IOException {
    String word = "x".repeat(505);
    String script =
        REGISTERED + "S: PING " + word + "\nC: PONG " + word + "\nS: PING :\nC: PONG :\n";
    try (var server = ScriptedServer.play(script);
        var irc = client(server)) {
      IrcMessage ping = heard(irc);
      heard(irc);

      assertThat(ping.text()).isEqualTo(word);
      server.verify();
    }
  }

  @Test
  void takesAnotherNickWhereOthersHaveItsOwn() throws IOException {
    String script = """
        C: NICK wire
        C: USER wire 0 * :wire
        S: :irc.test NOTICE * :*** looking up your host name
        S: PING :cookie
        C: PONG cookie
        S: :irc.test 433 * wire :Nickname already in use
        C: NICK wire2
        S: :irc.test 433 * wire2 :Nickname already in use
        C: NICK wire3
        S: :irc.test 001 wire3 :Welcome
        """;
    try (var server = ScriptedServer.play(script);
        var irc = client(server)) {
      irc.connect();

      assertThat(irc.nick()).isEqualTo("wire3");
      server.verify();
    }
  }

  @Test
  void keepsANickThatIsTooLongForANumberShort() throws IOException {
    String script = """
        C: NICK longest-nick
        C: USER longest-nick 0 * :longest-nick
        S: :irc.test 433 * longest-nick :Nickname already in use
        C: NICK longest-2
        S: :irc.test 001 longest-2 :Welcome
        """;
    try (var server = ScriptedServer.play(script);
        var irc = new Irc(server.endpoint(), LineOptions.standard(), "longest-nick")) {
      irc.connect();

      assertThat(irc.nick()).isEqualTo("longest-2");
    }
  }

  @Test
  void doesNotTryNicksForEver() throws IOException {
    String script = """
        C: NICK wire
        C: USER wire 0 * :wire
        S: :irc.test 433 * wire :Nickname already in use
        C: NICK wire2
        S: :irc.test 433 * wire2 :Nickname already in use
        C: NICK wire3
        S: :irc.test 433 * wire3 :Nickname already in use
        C: NICK wire4
        S: :irc.test 433 * wire4 :Nickname already in use
        C: NICK wire5
        S: :irc.test 433 * wire5 :Nickname already in use
        """;
    try (var server = ScriptedServer.play(script);
        var irc = client(server)) {
      assertThatExceptionOfType(ReplyException.class).isThrownBy(irc::connect);

      assertThat(irc.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":irc.test 432 * wire :Erroneous nickname",
        ":irc.test 464 wire :Password incorrect",
        ":irc.test 500 wire :No",
        "ERROR :Too many connections"
      })
  void isRefused(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: NICK wire\nC: {*}\nS: " + answer);
        var irc = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> irc.join("#lab"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo(answer));

      assertThat(irc.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void waitsAndBreaksNothing() throws IOException {
    try (var server = ScriptedServer.play(REGISTERED + "C: JOIN #lab\nS: :wire JOIN #lab");
        var irc = new Irc(server.endpoint(), Hurried.options(), "wire")) {
      irc.connect();
      assertThat(irc.listen(Duration.ofMillis(300))).isEmpty();

      irc.join("#lab");

      assertThat(heard(irc).text()).isEqualTo("#lab");
    }
  }

  @Test
  void listensInOneThreadWhileOthersSpeak() throws Exception {
    int lines = 200;
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.readLine();
          peer.write(":irc.test 001 wire :Welcome\r\n");
          for (int i = 0; i < lines; i++) {
            peer.write("PING :" + i + "\r\n");
          }
          for (int i = 0; i < 3 * lines; i++) {
            peer.readLine();
          }
          peer.write("ERROR :enough\r\n");
        });
        var irc = new Irc(server.endpoint(), LineOptions.standard(), "wire")) {
      FutureTask<Integer> listener = new FutureTask<>(() -> {
        int pings = 0;
        while (!heard(irc).isError()) {
          pings++;
        }
        return pings;
      });
      FutureTask<String> speaker = new FutureTask<>(() -> {
        for (int i = 0; i < lines; i++) {
          irc.privmsg("#lab", "from a thread");
        }
        return "";
      });
      new Thread(listener, "listener").start();
      new Thread(speaker, "speaker").start();
      for (int i = 0; i < lines; i++) {
        irc.privmsg("#lab", "from the test");
      }

      speaker.get(30, TimeUnit.SECONDS);
      assertThat(listener.get(30, TimeUnit.SECONDS)).isEqualTo(lines);
    }
  }

  @Test
  void goesOnAfterALineThatIsNoText() throws IOException {
    String script =
        REGISTERED + "S> \":ann PRIVMSG #lab :\\xff\\r\\n\"\nS: :ann PRIVMSG #lab :sorry";
    try (var server = ScriptedServer.play(script);
        var irc = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> heard(irc));

      assertThat(heard(irc).text()).isEqualTo("sorry");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":irc.test", " x", ": :x", "PING a\\x00b", "PING a\\rb"})
  void breaksOffWhenALineIsNoMessage(String line) throws IOException {
    try (var server = ScriptedServer.play(REGISTERED + "S> \"" + line + "\\r\\n\"");
        var irc = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> heard(irc));

      assertThat(irc.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesNoLongerMessageThanTheProtocolHas() throws IOException {
    try (var server = ScriptedServer.play(REGISTERED + "S: :a PRIVMSG b :" + "x".repeat(500));
        var irc = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> heard(irc));
    }
  }

  @Test
  void saysNoLongerMessageThanTheProtocolHas() throws IOException {
    String longest = "x".repeat(512 - "PRIVMSG ann :\r\n".length());
    try (var server = ScriptedServer.play(REGISTERED + "C: PRIVMSG ann :" + longest);
        var irc = client(server)) {
      irc.privmsg("ann", longest);

      assertThatIllegalArgumentException().isThrownBy(() -> irc.privmsg("ann", longest + "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> irc.privmsg("ann", "a\r\nQUIT"));
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":ann", "#a,#b", "#a b", "#a\r\nQUIT", "#a\u0000"})
  void refusesWhatIsNotOneName(String name) {
    try (var irc = new Irc("localhost", "wire")) {
      assertThatIllegalArgumentException().isThrownBy(() -> irc.privmsg(name, "hello"));
      assertThatIllegalArgumentException().isThrownBy(() -> irc.join(name));
      assertThatIllegalArgumentException().isThrownBy(() -> irc.join("0"));

      assertThat(irc.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(
        REGISTERED + "C: JOIN #lab\nS: :wire!wire@client.test JOIN :#lab", server -> {
          try (var irc = new Irc(server, LineOptions.standard(), "wire")) {
            irc.join("#lab");
            heard(irc);
          }
        });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.run(server -> {
      try (var irc = new Irc(server, Hurried.options(), "wire")) {
        irc.connect();
      }
    });
  }
}
