package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP on a port of TLS, and TLS on a port of HTTP. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WrongSchemeTest {
  @ParameterizedTest
  @EnumSource
  void saysThatATlsAlertIsNoResponse(Delivery delivery) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          Answers.send(delivery, connection, "\u0015\u0003\u0001\u0000\u0002\u0002F");
        });
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get("http://" + server.endpoint().authority()))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("this looks like a TLS alert; perhaps https:// is meant");
    }
  }

  @Test
  void asksARealTlsPortInPlaintext() throws Exception {
    try (RawServer server = RawServer.builder(Answers.ok("never")).tls().start();
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get("http://" + server.endpoint().authority()))
          .hasMessageContaining("this looks like a TLS alert; perhaps https:// is meant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "HTTP/1.0 400"})
  void saysWhatAPlaintextServerSays(String answer) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write(answer);
          connection.hold();
        });
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get("https://" + server.endpoint().authority()))
          .isInstanceOf(TlsException.class)
          .hasMessageContaining("what the peer says is not TLS: \"HTTP/1.")
          .hasMessageContaining("perhaps http:// is meant");
    }
  }
}
