package dev.wireline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AmiTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String LOGIN = """
      S: Asterisk Call Manager/5.0.2
      C: Action: Login
      C: ActionID: 1
      C: Username: joe
      C: Secret: open sesame
      C:
      S: Response: Success
      S: ActionID: 1
      S: Message: Authentication accepted
      S:
      """;
  private static final String PING = """
      C: Action: Ping
      C: ActionID: 2
      C:
      S: Event: FullyBooted
      S: ActionID: 2
      S:
      S: Response: Success
      S: ActionID: 2
      S: Ping: Pong
      S:
      """;

  private static Ami client(ScriptedServer server) {
    return new Ami(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void logsInAndActs(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(LOGIN + PING).delivery(delivery).start();
        var ami = client(server)) {
      Transcript said = Transcript.of(ami);
      ami.login("joe", "open sesame");

      assertThat(ami.act("Ping", Map.of())).containsEntry("Ping", "Pong");
      assertThat(ami.nextEvent(Duration.ZERO).orElseThrow()).containsEntry("Event", "FullyBooted");
      assertThat(said.toString()).contains("C: ***").doesNotContain("sesame");
      server.verify();
    }
  }

  @Test
  void staysUsableAfterARefusal() throws IOException {
    String script = LOGIN.replace("Success", "Error").replace("accepted", "failed") + PING;
    try (var server = ScriptedServer.play(script);
        var ami = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> ami.login("joe", "open sesame"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("Authentication failed"));

      assertThat(ami.act("Ping", Map.of())).containsEntry("Response", "Success");
    }
  }

  @Test
  void givesEightThreadsTheirAnswersInAnyOrder() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("Asterisk Call Manager/5.0.2\r\n");
          List<String> answers = new ArrayList<>();
          while (answers.size() < 8) {
            connection.readLine();
            String id = connection.readLine();
            String number = connection.readLine();
            connection.readLine();
            answers.add("Response: Success\r\n" + id + "\r\n" + number + "\r\n\r\n");
          }
          Collections.reverse(answers);
          connection.write(String.join("Event: Registry\r\n\r\n", answers));
          connection.hold();
        });
        var ami = new Ami(server.endpoint(), LineOptions.standard())) {
      List<Caller<Map<String, String>>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Map<String, String> fields = Map.of("Number", Integer.toString(i));
        callers.add(Caller.start(() -> ami.act("Hangup", fields)));
      }

      for (int i = 0; i < 8; i++) {
        assertThat(callers.get(i).result()).containsEntry("Number", Integer.toString(i));
      }
      for (int i = 0; i < 7; i++) {
        assertThat(ami.nextEvent(LONG)).isPresent();
      }
    }
  }

  @Test
  void joinsAFieldThatComesMoreThanOnce() throws IOException {
    String script = LOGIN + PING.replace("S: Ping: Pong", "S: Output: one\nS: Output: two");
    try (var server = ScriptedServer.play(script);
        var ami = client(server)) {
      ami.login("joe", "open sesame");

      assertThat(ami.act("Ping", Map.of())).containsEntry("Output", "one\ntwo");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pong", ": Pong"})
  void breaksOffWhenAPacketMakesNoSense(String line) throws IOException {
    try (var server = ScriptedServer.play(LOGIN + PING.replace("Ping: Pong", line));
        var ami = client(server)) {
      ami.login("joe", "open sesame");

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> ami.act("Ping", Map.of()));
      assertThat(ami.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksOffWhenItIsAnotherServer() throws IOException {
    try (var server = ScriptedServer.play("S: 220 mail.test");
        var ami = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(ami::connect);
    }
  }

  @Test
  void takesNoPacketThatIsTooLarge() throws IOException {
    String script = LOGIN + PING.replace("S: Ping: Pong\n", "S: Ping: Pong\n".repeat(1001));
    try (var server = ScriptedServer.play(script);
        var ami = client(server)) {
      ami.login("joe", "open sesame");

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> ami.act("Ping", Map.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a\r\nb"})
  void refusesAFieldThatWouldBeMore(String name) {
    try (var ami = new Ami("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ami.act("Ping", Map.of(name, "x")));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ami.act("Ping", Map.of("x", "y\r\nAction: Logoff")));

      assertThat(ami.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(LOGIN + PING, server -> {
      try (var ami = new Ami(server, LineOptions.standard())) {
        ami.login("joe", "open sesame");
        ami.act("Ping", Map.of());
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(LOGIN).run(server -> {
      try (var ami = new Ami(server, Hurried.options())) {
        ami.login("joe", "open sesame");
        ami.act("Ping", Map.of());
      }
    });
  }
}
