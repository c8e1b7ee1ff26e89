package dev.wireline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NutTest {
  private static final String LISTED = """
      C: LIST VAR bench
      S: BEGIN LIST VAR bench
      S: VAR bench battery.charge "95"
      S: VAR bench ups.model "The \\"One\\" \\\\"
      S: VAR bench ups.id ""
      S: END LIST VAR bench
      """;

  private static Nut client(ScriptedServer server) {
    return new Nut(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void asksAndSets(Delivery delivery) throws IOException {
    String script = """
        C: LIST UPS
        S: BEGIN LIST UPS
        S: UPS bench "A bench"
        S: UPS spare unused
        S: END LIST UPS
        """ + LISTED + """
        C: GET VAR bench battery.charge
        S: VAR bench battery.charge "95"
        C: USERNAME "ann"
        S: OK
        C: PASSWORD "se\\"same"
        S: OK
        C: SET VAR bench ups.id "a \\\\ b"
        S: OK
        """;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var nut = client(server)) {
      assertThat(nut.list()).containsExactly(entry("bench", "A bench"), entry("spare", "unused"));
      assertThat(nut.variables("bench"))
          .containsExactly(
              entry("battery.charge", "95"),
              entry("ups.model", "The \"One\" \\"),
              entry("ups.id", ""));
      assertThat(nut.variable("bench", "battery.charge")).isEqualTo("95");
      nut.login("ann", "se\"same");
      nut.set("bench", "ups.id", "a \\ b");

      server.verify();
    }
  }

  @Test
  void staysUsableAfterARefusal() throws IOException {
    String script = """
        C: LIST VAR nope
        S: ERR UNKNOWN-UPS
        C: GET VAR bench nope
        S: ERR VAR-NOT-SUPPORTED
        C: SET VAR bench ups.id "7"
        S: ERR USERNAME-REQUIRED
        """ + LISTED;
    try (var server = ScriptedServer.play(script);
        var nut = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.variables("nope"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("ERR UNKNOWN-UPS"));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.variable("bench", "nope"))
          .withMessageContaining("\"ERR VAR-NOT-SUPPORTED\"");
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.set("bench", "ups.id", "7"));

      assertThat(nut.variables("bench")).hasSize(3);
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OK",
        "VAR bench battery.charge",
        "VAR bench battery.charge \"95",
        "VAR bench battery.charge \"95\" 96",
        "VAR spare battery.charge \"95\"",
        "VAR bench battery.chargers \"95\"",
        "VAR bench battery.charge\"95\"",
        ""
      })
  void breaksOffWhenTheAnswerMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: {*}\nS: " + answer);
        var nut = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> nut.variable("bench", "battery.charge"));

      assertThat(nut.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN LIST UPS",
        "BEGIN LIST VAR bench\nS: UPS bench x",
        "BEGIN LIST VAR bench\nS: VAR bench a 1\nS: VAR bench a 1",
        "OK"
      })
  void breaksOffWhenTheListIsAnother(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: LIST VAR bench\nS: " + answer);
        var nut = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> nut.variables("bench"));

      assertThat(nut.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesNoListWithoutAnEnd() throws IOException {
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("BEGIN LIST UPS\r\n");
          for (int i = 0; true; i++) {
            peer.write("UPS bench" + i + " x\r\n");
          }
        });
        var nut = new Nut(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(LimitExceededException.class).isThrownBy(nut::list);
    }
  }

  @Test
  void showsNoPassword() throws IOException {
    try (var server = ScriptedServer.play("C: {*}\nS: OK\nC: {*}\nS: ERR INVALID-PASSWORD");
        var nut = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.login("ann", "sesame"))
          .withMessageNotContaining("sesame");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "a\nb", "a#b"})
  void refusesANameThatWouldBeMore(String name) {
    try (var nut = new Nut("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> nut.variables(name));
      assertThatIllegalArgumentException().isThrownBy(() -> nut.variable("bench", name));
      assertThatIllegalArgumentException().isThrownBy(() -> nut.set("bench", "id", "a\nLOGOUT"));

      assertThat(nut.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(LISTED, server -> {
      try (var nut = new Nut(server, LineOptions.standard())) {
        nut.variables("bench");
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder()
        .after("C: LIST VAR bench\nS: BEGIN LIST VAR bench\nS: VAR bench a \"b\"")
        .run(server -> {
          try (var nut = new Nut(server, Hurried.options())) {
            nut.variables("bench");
          }
        });
  }
}
