package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A strict server fails a client that leaves unread what was said. */
@Timeout(60)
class StrictScriptTest {

  private static final String SCRIPT = "S: 220 ready\nC: QUIT\nS: 221 bye";
  private static final String UNREAD =
      "the client hung up before it had read all that the server said";

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static ScriptedServer start(boolean unix) throws Exception {
    ScriptedServer.Builder builder = ScriptedServer.builder(SCRIPT).strict();
    return unix ? builder.unix().start() : builder.start();
  }

  @ParameterizedTest(name = "unix {0}")
  @ValueSource(booleans = {false, true})
  void passesAClientThatReadsAll(boolean unix) throws Exception {
    try (ScriptedServer server = start(unix)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
        client.send("QUIT\r\n");
        client.readLine();
      }

      server.verify();
    }
  }

  @ParameterizedTest(name = "unix {0}")
  @ValueSource(booleans = {false, true})
  void failsAClientThatLeavesTheLastLine(boolean unix) throws Exception {
    try (ScriptedServer server = start(unix)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
        client.send("QUIT\r\n");
        client.read();
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith(UNREAD + """

                expected: that the client takes what the server says (line 3 of the script)
              """);
    }
  }

  @Test
  void failsAClientThatHangsUpBeforeItIsAnswered() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(
            "S: 220 ready\nC: QUIT\n<delay 50ms>\nS: 221 bye")
        .strict()
        .start()) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
        client.send("QUIT\r\n");
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith(UNREAD);
    }
  }

  @Test
  void passesAClientThatEndsItsSendingAndReadsOn() throws Exception {
    try (ScriptedServer server = start(false)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send("QUIT\r\n");
        client.shutdownOutput();
        client.readLine();
        client.readLine();
      }

      server.verify();
    }
  }

  @Test
  void wantsTheClientToHangUp() throws Exception {
    ScriptedServer.Builder builder =
        ScriptedServer.builder(SCRIPT).strict().patience(Duration.ofMillis(100));
    try (ScriptedServer server = builder.start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.readLine();
      client.send("QUIT\r\n");
      client.readLine();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the client did not hang up within 100 ms");
    }
  }

  @Test
  void failsTheConnectionThatWasLeftUnread() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder("S: hello").strict().times(2).start()) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.readLine();
      }
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.read();
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("connection 2 of 2: " + UNREAD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<STARTTLS>\nS: b", "<close>", "<cut>", "<reset>", "<half-close>"})
  void refusesAScriptInWhichItCouldNotTell(String end) {
    ScriptedServer.Builder builder = ScriptedServer.builder("S: a\n" + end).strict();

    assertThatIllegalStateException().isThrownBy(builder::start);
  }

  @Test
  void isForConnectionsWithoutTlsAlone() {
    ScriptedServer.Builder builder = ScriptedServer.builder(SCRIPT).tls().strict();

    assertThatIllegalStateException().isThrownBy(builder::start);
  }
}
