package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.examples.Irc;
import dev.wireline.examples.IrcMessage;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The example of IRC with ngIRCd. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NgircdTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private RealServer server;

  @BeforeAll
  void startServer() throws IOException {
    server = LineServers.ngircd(2);
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private Irc client(String nick) {
    return new Irc(server.endpoint(), LineOptions.standard(), nick);
  }

  /** Waits for a message of this command, and lets others go by. */
  private static IrcMessage heard(Irc irc, String command) throws IOException {
    IrcMessage message;
    do {
      message = irc.listen(SOON).orElseThrow(() -> new IOException("nobody says " + command));
    } while (!message.command().equals(command));
    return message;
  }

  @Test
  void letsTwoTalkWithEachOther() throws IOException {
    try (Irc ann = client("ann");
        Irc ben = client("ben")) {
      ann.join("#lab");
      heard(ann, "JOIN");
      ben.join("#lab");
      assertThat(heard(ann, "JOIN").nick()).isEqualTo("ben");

      ann.privmsg("#lab", "good morning: ben");
      ben.privmsg("ann", "grüß dich");

      assertThat(heard(ben, "PRIVMSG").parameters()).containsExactly("#lab", "good morning: ben");
      IrcMessage answer = heard(ann, "PRIVMSG");
      assertThat(answer.nick()).isEqualTo("ben");
      assertThat(answer.text()).isEqualTo("grüß dich");
    }
  }

  @Test
  void givesEachANickOfItsOwn() throws IOException {
    try (Irc first = client("carl");
        Irc second = client("carl")) {
      first.connect();
      second.connect();

      assertThat(first.nick()).isEqualTo("carl");
      assertThat(second.nick()).isEqualTo("carl2");
    }
  }

  @Test
  void refusesANickThatIsNone() {
    try (Irc irc = client("9lives")) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(irc::connect)
          .withMessageContaining(" 432 ");
    }
  }

  @Test
  void saysWhatItDoesNotDo() throws IOException {
    try (Irc irc = client("dora")) {
      irc.privmsg("nobody", "hello");

      IrcMessage answer = heard(irc, "401");
      assertThat(answer.isError()).isTrue();
      irc.quit("bye");
      assertThat(heard(irc, "ERROR").isError()).isTrue();
      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> irc.listen(SOON));
    }
  }

  @Test
  void keepsOneWhoAnswersItsPing() throws IOException {
    try (Irc irc = client("emil")) {
      heard(irc, "PING");

      irc.privmsg("emil", "still here");

      assertThat(heard(irc, "PRIVMSG").text()).isEqualTo("still here");
    }
  }

  @Test
  void hearsOneThreadWhileAnotherListens() throws Exception {
    int lines = 5;
    try (Irc irc = client("fritz")) {
      irc.connect();
      FutureTask<List<String>> listener = new FutureTask<>(() -> {
        List<String> heard = new ArrayList<>();
        while (heard.size() < lines) {
          heard.add(heard(irc, "PRIVMSG").text());
        }
        return heard;
      });
      new Thread(listener, "listener").start();
      List<String> said = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        said.add("line " + i);
        irc.privmsg("fritz", "line " + i);
      }

      assertThat(listener.get(40, TimeUnit.SECONDS)).isEqualTo(said);
    }
  }
}
