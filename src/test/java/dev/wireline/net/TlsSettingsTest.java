package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.TlsException;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS settings hold and show, and the protocol that ALPN agrees on. */
@Timeout(60)
class TlsSettingsTest {
  private static final X509Certificate AUTHORITY = Carrier.CERTIFICATE.authority();
  private static final String PIN = Tls.pin(AUTHORITY);

  private static Dialer trusting(Tls.Builder tls) {
    return Dialer.builder().tls(tls.trust(AUTHORITY).build()).build();
  }

  @Test
  void areTheStartOfOthers() throws Exception {
    TestCertificate other = TestCertificate.onlyForHost("127.0.0.1");
    Tls tls = Tls.builder()
        .trust(AUTHORITY)
        .serverName("peer.test")
        .pin(PIN)
        .applicationProtocols("http/1.1")
        .build();

    Tls copy = tls.toBuilder().build();
    Tls more = tls.toBuilder().trust(other.authority()).serverName("127.0.0.1").build();

    assertThat(copy.serverName()).contains("peer.test");
    assertThat(copy.pins()).containsExactly(PIN);
    assertThat(copy.applicationProtocols()).containsExactly("http/1.1");
    assertThat(copy).hasToString(tls.toString());
    assertThat(more.serverName()).contains("127.0.0.1");
    assertThat(tls.serverName()).contains("peer.test");
    assertThat(more.toString()).startsWith("trust in 2 certificates");
    assertThat(tls.toString()).startsWith("trust in 1 certificates");
  }

  @Test
  void keepTheirTrustInACopy() throws Exception {
    Tls tls = Tls.builder().trust(AUTHORITY).build();
    Dialer copied = Dialer.builder().tls(tls.toBuilder().build()).build();
    Dialer bare = Dialer.builder().build();
    try (PeerServer server = Carrier.TLS_1_3.serve(PeerConnection::hold)) {
      try (Wire wire = copied.dial(server.endpoint())) {
        assertThat(wire.isOpen()).isTrue();
      }
      assertThatCode(() -> bare.dial(server.endpoint())).isInstanceOf(TlsException.class);
    }
  }

  @Test
  void showNoKeys() {
    assertThat(Tls.standard())
        .hasToString("trust of the JDK, client certificate none, serverName of the endpoint,"
            + " pins 0, applicationProtocols []");
    assertThat(Tls.builder().context(Carrier.CERTIFICATE.clientContext()).build())
        .asString()
        .startsWith("trust of the SSLContext, client certificate of the SSLContext, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void offerProtocolsAndTellWhichWasChosen(String version) throws Exception {
    Dialer dialer = trusting(Tls.builder().applicationProtocols("acme/2", "acme/1"));
    try (SslPeer server = SslPeer.start(version, (tls, below) -> {
          tls.setHandshakeApplicationProtocolSelector((socket, offered) -> offered.get(1));
          tls.getOutputStream().write("x".getBytes(US_ASCII));
          tls.getInputStream().read();
        });
        Wire wire = dialer.dial(server.endpoint())) {
      assertThat(wire.applicationProtocol()).contains("acme/1");
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void tellOfNoProtocolWhereNoneWasChosen(Carrier carrier, List<String> offered) throws Exception {
    Dialer dialer = trusting(Tls.builder().applicationProtocols(offered.toArray(new String[0])));
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dialer.dial(server.endpoint())) {
      assertThat(wire.applicationProtocol()).isEmpty();
    }
  }

  static Stream<Arguments> carriers() {
    return Stream.of(
        Arguments.of(Carrier.TCP, List.of("acme/1")),
        Arguments.of(Carrier.TLS_1_3, List.of()),
        Arguments.of(Carrier.TLS_1_3, List.of("acme/1")));
  }

  @Test
  void takeProtocolsOfOneTo255Bytes() {
    Tls.Builder builder = Tls.builder();
    String longest = "x".repeat(255);

    assertThat(builder.applicationProtocols("x", longest, "\u00ff").build().applicationProtocols())
        .containsExactly("x", longest, "\u00ff");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.applicationProtocols("x", ""))
        .withMessage("an ALPN name must have 1 to 255 bytes (RFC 7301 section 3.1), not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.applicationProtocols("x".repeat(256)))
        .withMessageEndingWith(", not 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.applicationProtocols("x\u0100"))
        .withMessage("an ALPN name is made of bytes, but \"x\u0100\" has more at 1");
  }
}
