package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Caller;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLS session of a second connection, with the JDK's own server. */
@Timeout(60)
class CompanionTlsTest {

  private static SslPeer data(SSLContext context, String protocol) throws Exception {
    return SslPeer.start(context, protocol, (tls, below) -> {
      tls.startHandshake();
      tls.getOutputStream().write("data".getBytes(US_ASCII));
      tls.close();
    });
  }

  /** A resumed session was made when the first one was. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void isThatOfTheFirst(String protocol) throws Exception {
    SSLContext context = Carrier.CERTIFICATE.serverContext();
    try (SslPeer control = SslPeer.start(context, protocol, (tls, below) -> {
          tls.startHandshake();
          tls.getOutputStream().write('c');
          tls.getInputStream().read();
        });
        Wire first = Carrier.TLS_1_3.dialer().build().dial(control.endpoint())) {
      // What comes behind the handshake has the tickets before it.
      assertThat(first.input().read()).isEqualTo('c');
      long made = first.tlsSession().orElseThrow().getCreationTime();
      while (System.currentTimeMillis() == made) {
        Caller.pause();
      }

      for (int i = 0; i < 3; i++) {
        try (SslPeer peer = data(context, protocol);
            Wire second = first.companion(peer.endpoint().port())) {
          assertThat(second.tlsSession()).isEmpty();
          second.startTls();
          assertThat(second.input().readAllBytes()).asString(US_ASCII).isEqualTo("data");

          SSLSession session = second.tlsSession().orElseThrow();
          assertThat(session.getProtocol()).isEqualTo(protocol);
          assertThat(session.getCreationTime()).isEqualTo(made);
          assertThat(second.endpoint().port()).isEqualTo(peer.endpoint().port());
        }
      }
    }
  }
}
