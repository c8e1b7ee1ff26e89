package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may say at any time, and what a server says again and again. */
@Timeout(60)
class StandingStepsTest {

  private static final String NOOP = """
      S: 220 ready
      <at any time>
        C: NOOP
        S: 250 ok
        # what was captured is repeated
        C: PING {id}
        S: PONG {id}
        C: silence
      C: QUIT
      S: 221 bye
      """;

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static String readWholeLine(PlainClient client) throws IOException {
    String line = client.readLine();
    if (!line.endsWith("\n")) {
      throw new EOFException("the line was cut");
    }
    return line;
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void answersWhatMayBeSaidAtAnyTime(Delivery delivery) throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(NOOP).delivery(delivery).start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("NOOP\r\nsilence\r\nPING 7\r\nNOOP\r\nQUIT\r\n");

      String expected = "220 ready\r\n250 ok\r\nPONG 7\r\n250 ok\r\n221 bye\r\n";
      assertThat(client.readBytes(expected.length())).isEqualTo(expected);
      server.verify();
      assertThat(server.conversation())
          .endsWith("C: NOOP\nS: 250 ok\nC: silence\nC: PING 7\nS: PONG 7\n"
              + "C: NOOP\nS: 250 ok\nC: QUIT\nS: 221 bye");
    }
  }

  @Test
  void asksForNothingThatMayBeSaid() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(NOOP);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\r\n");

      assertThat(client.readBytes(20)).isEqualTo("220 ready\r\n221 bye\r\n");
      server.verify();
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void answersBehindTheEndToo() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(NOOP);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\r\nNOOP\r\nNO");
      assertThat(client.readBytes(28)).isEqualTo("220 ready\r\n221 bye\r\n250 ok\r\n");
      client.send("OP\r\n");
      assertThat(client.readBytes(8)).isEqualTo("250 ok\r\n");

      server.verify();
    }
  }

  @Test
  void failsAnotherLineBehindTheEnd() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(NOOP);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\r\nNOOP\r\nNOON\r\n");
      client.awaitEnd();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the client said more than the script")
          .withMessageContaining("came:     \"NOON\\r\\n\"");
    }
  }

  @Test
  void waitsForBytesOrForALineOfAnyTime() throws Exception {
    String script = "<at any time>\n  C: NOOP\n  S: ok\nC> \"NO\\x00\"\nS: end";
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("NOOP\r\n");
      assertThat(client.readLine()).isEqualTo("ok\r\n");
      client.sendBytes("NO\0");

      assertThat(client.readLine()).isEqualTo("end\r\n");
      server.verify();
    }
  }

  @Test
  void showsWhatWasSaidBesideTheScript() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(NOOP);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("NOOP\r\nSTOP\r\n");
      client.awaitEnd();

      assertThat(server.failure()).containsInstanceOf(AssertionError.class);
      assertThatExceptionOfType(AssertionError.class).isThrownBy(server::verify).withMessage("""
              the client said another line
                expected: "QUIT\\r\\n" (line 9 of the script)
                came:     "STOP\\r\\n"
                  the script     | what was said
                  S: 220 ready   | S: 220 ready
                  <at any time>  | <at any time>
                    C: NOOP      |   C: NOOP
                    S: 250 ok    |   S: 250 ok
                    C: PING {id} |   C: PING {id}
                    S: PONG {id} |   S: PONG {id}
                    C: silence   |   C: silence
                                 | C: NOOP
                                 | S: 250 ok
                > C: QUIT        | C: STOP
                  S: 221 bye     |
              """);
    }
  }

  @Test
  void saysAgainAndAgainWhileItWaits() throws Exception {
    String script = "C: IDLE\n<every 1ms>\n  S: * still here\nC: DONE\nS: ok\n<close>";
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("IDLE\r\n");
      for (int i = 0; i < 5; i++) {
        assertThat(client.readLine()).isEqualTo("* still here\r\n");
      }
      client.send("DO");
      assertThat(client.readLine()).isEqualTo("* still here\r\n");
      client.send("NE\r\n");

      assertThat(client.readAll().replace("* still here\r\n", "")).isEqualTo("ok\r\n");
      server.verify();
      assertThat(server.conversation())
          .isEqualTo("C: IDLE\n<every 1ms>\n  S: * still here\nS: * still here\n"
              + "C: DONE\nS: ok\n<close>");
    }
  }

  @Test
  void saysAgainAndAgainOverTls() throws Exception {
    String script = "<every 1ms>\n  S> \": keep-alive\\n\"\nC: DONE\nS: ok\n<close>";
    try (ScriptedServer server = ScriptedServer.builder(script).tls().start();
        PlainClient client = PlainClient.connect(server.endpoint(), server.clientContext())) {
      assertThat(client.readBytes(26)).isEqualTo(": keep-alive\n: keep-alive\n");
      client.send("DONE\r\n");

      assertThat(client.readAll()).endsWith("ok\r\n");
      server.verify();
    }
  }

  @Test
  void saysAgainAndAgainInADelayAndBehindTheEnd() throws Exception {
    String script = "<every 5ms>\n  S: a\n<delay 400ms>\nS: between\n<every 1ms>\n  S: b";
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readBytes(6)).isEqualTo("a\r\na\r\n");
      String line = client.readLine();
      while (line.equals("a\r\n")) {
        line = client.readLine();
      }
      assertThat(line).isEqualTo("between\r\n");
      assertThat(client.readBytes(6)).isEqualTo("b\r\nb\r\n");

      server.verify();
    }
  }

  @Test
  void saysNothingAgainOnceTheClientHasSpoken() throws Exception {
    String script = "<every 10s>\n  S: still here\nC: DONE\nS: ok\n<close>";
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("DONE\r\n");

      assertThat(client.readAll()).isEqualTo("ok\r\n");
      server.verify();
    }
  }

  @Test
  void playsWhatMayBeSaidBeforeEachCut() throws Exception {
    CutPoints.everyCutPoint(NOOP, server -> {
      try (PlainClient client = PlainClient.connect(server)) {
        readWholeLine(client);
        client.send("NOOP\r\n");
        readWholeLine(client);
        client.send("QUIT\r\n");
        readWholeLine(client);
      }
    });
  }

  @Test
  void cutsNothingWhoseLengthDependsOnTheTime() {
    CutPoints.Builder cuts = CutPoints.builder("<every 1ms>\n  S: x\nC: QUIT\nS: bye");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cuts.run(server -> {}))
        .withMessage("how much <every> says depends on the time, and so do the places to cut");
  }

  @Test
  void knowsNoStrictEndBehindWhatIsSaidForEver() {
    ScriptedServer.Builder builder =
        ScriptedServer.builder("S: a\n<every 1ms>\n  S: x").strict();

    assertThatIllegalStateException().isThrownBy(builder::start);
  }
}
