package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ScriptedServerFailureTest {

  private static final String SCRIPT = "S: 220 ready\nC: QUIT\nS: 221 bye";
  private static final Duration NOW = Duration.ofMillis(50);

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static void assertVerifyFails(ScriptedServer server, String message) {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(server::verify).withMessage(message);
  }

  @Test
  void showsBothSidesOfAMismatch() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(SCRIPT);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.send("NO\u0007OP\r\n");

      assertVerifyFails(server, """
          the client said another line
            expected: "QUIT\\r\\n" (line 2 of the script)
            came:     "NO\\x07OP\\r\\n"
              the script   | what was said
              S: 220 ready | S: 220 ready
            > C: QUIT      | C: NO\\x07OP
              S: 221 bye   |
          """);
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void showsBothSidesOfAnEarlyClose() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(SCRIPT)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
        client.send("QU");
      }

      assertVerifyFails(server, """
          the client hung up too early
            expected: "QUIT\\r\\n" (line 2 of the script)
            came:     "QU"
              the script   | what was said
              S: 220 ready | S: 220 ready
            > C: QUIT      |
              S: 221 bye   |
          """);
    }
  }

  @Test
  void showsBothSidesOfAnUnfinishedScript() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(SCRIPT).patience(NOW).start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();

      assertVerifyFails(server, """
          nothing more happened within 50 ms
            expected: "QUIT\\r\\n" (line 2 of the script)
            came:     nothing
              the script   | what was said
              S: 220 ready | S: 220 ready
            > C: QUIT      |
              S: 221 bye   |
          """);
    }
  }

  @Test
  void saysWhenNobodyConnected() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder("S: 220 ready").patience(NOW).start()) {
      assertVerifyFails(server, """
          no client connected within 50 ms
            expected: that the client takes what the server says (line 1 of the script)
            came:     nothing
              the script   | what was said
            > S: 220 ready |
          """);
    }
  }

  @Test
  void saysWhenTheClientUsesABareLineFeed() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: QUIT");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\n");

      assertVerifyFails(server, """
          the client ended its line with a bare LF in place of CRLF
            expected: "QUIT\\r\\n" (line 1 of the script)
            came:     "QUIT\\n"
              the script | what was said
            > C: QUIT    | C: QUIT\\n
          """);
    }
  }

  @Test
  void saysWhenTheClientSaysMoreThanTheScript() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: bye");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.send("WAIT\r\nPLE");

      assertVerifyFails(server, """
          the client said more than the script
            expected: nothing more
            came:     "WAIT\\r\\nPLE"
              the script | what was said
              S: bye     | S: bye
            > (end)      | C: WAIT
          """);
    }
  }

  @Test
  void saysWhenTheServerWasClosedTooEarly() throws Exception {
    ScriptedServer server = ScriptedServer.play(SCRIPT);
    try (PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();

      server.close();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the server was closed\n");
    } finally {
      server.close();
    }
  }

  @Test
  void saysWhenTheConnectionWasReset() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(SCRIPT)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
        client.reset();
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the connection broke: ");
    }
  }

  @Test
  void saysWhenTlsDidNotComeAbout() throws Exception {
    TestCertificate other = TestCertificate.onlyForHost("other.example");
    try (ScriptedServer server = ScriptedServer.builder(SCRIPT).tls(other).start()) {
      assertThatThrownBy(() -> PlainClient.connect(server.endpoint(), server.clientContext()))
          .isInstanceOf(IOException.class);

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("TLS did not come about: ");
    }
  }

  @Test
  void hangsUpOnAClientThatSaysMoreThanTheScript() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: bye");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();

      client.send("MORE\r\n");

      assertThat(client.read()).isEqualTo(-1);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the client said more than the script\n");
    }
  }

  @Test
  void hangsUpOnAClientThatSaysLessThanALineMore() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: bye");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();

      client.send("MO");

      assertThat(client.read()).isEqualTo(-1);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageContaining("came:     \"MO\"");
    }
  }

  /** What a client says wrongly, and how the report of it starts. */
  static Stream<Arguments> differences() {
    return Stream.of(
        Arguments.of(SCRIPT, "NOOP\r\n", "the client said another line\n"),
        Arguments.of("S: bye", "MORE\r\n", "the client said more than the script\n"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void showsADifferenceBesideTheFailureOfATestThatNeverVerified(
      String script, String said, String report) {
    IllegalStateException ofTheTest = new IllegalStateException("the client is puzzled");

    assertThatThrownBy(() -> {
          try (ScriptedServer server = ScriptedServer.play(script);
              PlainClient client = PlainClient.connect(server.endpoint())) {
            client.readLine();
            client.send(said);
            client.read();
            throw ofTheTest;
          }
        })
        .isSameAs(ofTheTest);

    assertThat(ofTheTest.getSuppressed()).hasSize(1);
    assertThat(ofTheTest.getSuppressed()[0])
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(report);
  }

  @ParameterizedTest
  @MethodSource("differences")
  void reportsADifferenceOnce(String script, String said, String report) throws Exception {
    ScriptedServer server = ScriptedServer.play(script);
    try (server;
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.send(said);
      client.read();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith(report);
    }

    server.close();
  }

  @Test
  void reportsADifferenceAtTheFirstCloseAlone() throws Exception {
    ScriptedServer server = ScriptedServer.play(SCRIPT);
    try (PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.send("NOOP\r\n");
      client.read();
    }

    assertThatExceptionOfType(AssertionError.class).isThrownBy(server::close);
    server.close();
  }

  @Test
  void takesAScriptThatWasLeftEarlyForNoDifferenceWhenItIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(SCRIPT);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.shutdownOutput();

      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void tellsOfAClientThatItTurnedAway() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: hello");
        PlainClient first = PlainClient.connect(server.endpoint());
        PlainClient second = PlainClient.connect(server.endpoint())) {
      assertThat(first.readLine()).isEqualTo("hello\r\n");
      assertThat(second.read()).isEqualTo(-1);

      assertVerifyFails(
          server,
          "the script has 1 connections, and 1 more clients came: see <next connection> and times");
    }
  }
}
