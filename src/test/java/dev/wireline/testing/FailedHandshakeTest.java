package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client with which no TLS came about has taken nothing from the script. */
@Timeout(60)
class FailedHandshakeTest {

  private static final String TWO = "S: first\n<next connection>\nS: second";

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static void fail(ScriptedServer server) throws Exception {
    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(() ->
            PlainClient.connect(server.endpoint(), SSLContext.getDefault()).close());
  }

  private static PlainClient connect(ScriptedServer server) throws Exception {
    return PlainClient.connect(server.endpoint(), server.clientContext());
  }

  @Test
  void leavesItsSceneToTheNextClient() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(TWO).tls().start()) {
      fail(server);
      try (PlainClient first = connect(server)) {
        assertThat(first.readLine()).isEqualTo("first\r\n");
        fail(server);
        try (PlainClient second = connect(server)) {
          assertThat(second.readLine()).isEqualTo("second\r\n");
          server.verify();
        }
      }
      assertThat(server.connections()).isEqualTo(4);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void waitsForAHandshakeThatIsUnderWay() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(TWO).tls().start();
        Socket slow = PlainClient.tcp(server.endpoint())) {
      Caller<String> later = Caller.start(() -> {
        try (PlainClient client = connect(server)) {
          return client.readLine();
        }
      });
      slow.getOutputStream()
          .write("no TLS at all, for all to see\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(later.result()).isEqualTo("first\r\n");
    }
  }

  @Test
  void isToldAtOnceWhenNobodyElseCame() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder(TWO).tls().patience(Duration.ofHours(1)).start()) {
      fail(server);

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("connection 1 of 2: TLS did not come about: ");
    }
  }
}
