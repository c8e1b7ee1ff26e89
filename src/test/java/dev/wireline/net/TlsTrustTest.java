package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.testing.Gullible;
import dev.wireline.testing.Identity;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a dial over TLS trusts, by which name, and who we say we are. */
@Timeout(60)
class TlsTrustTest {
  private static final TestCertificate LOOPBACK = TestCertificate.forHosts("server.test");
  private static final TestCertificate ELSEWHERE = TestCertificate.onlyForHost("elsewhere.test");
  private static final TestCertificate WILD = TestCertificate.onlyForHost("*.wild.test");
  private static final TestCertificate ADDRESS = TestCertificate.onlyForHost("127.0.0.9");
  private static final TestCertificate EXPIRED = TestCertificate.expired();

  private static PeerServer serve(TestCertificate certificate, String address) throws IOException {
    return PeerServer.builder()
        .address(InetAddress.getByName(address))
        .tls(certificate)
        .start(PeerConnection::hold);
  }

  private static Tls.Builder trusting(TestCertificate certificate) {
    return Tls.builder().trust(certificate.authority());
  }

  /** Every name leads to the loopback interface. */
  private static Dialer dialer(Tls.Builder tls) throws IOException {
    return Dialer.builder().resolver(Names.of("127.0.0.1")).tls(tls.build()).build();
  }

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of("server.test", LOOPBACK, "127.0.0.1"),
        Arguments.of("localhost", LOOPBACK, "127.0.0.1"),
        Arguments.of("127.0.0.1", LOOPBACK, "127.0.0.1"),
        Arguments.of("::1", LOOPBACK, "::1"),
        Arguments.of("127.0.0.9", ADDRESS, "127.0.0.9"),
        Arguments.of("a.wild.test", WILD, "127.0.0.1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void takesACertificateForTheName(String host, TestCertificate certificate, String address)
      throws Exception {
    try (PeerServer server = serve(certificate, address);
        Wire wire = dialer(trusting(certificate)).dial(Endpoint.tls(host, server.port()))) {

      assertThat(wire.tlsSession().orElseThrow().getPeerCertificates()[0])
          .isEqualTo(certificate.certificate());
    }
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            "another name",
            "server.test",
            ELSEWHERE,
            ELSEWHERE,
            "No subject alternative DNS name matching server.test found"),
        Arguments.of(
            "another address",
            "127.0.0.1",
            ADDRESS,
            ADDRESS,
            "No subject alternative names matching IP address 127.0.0.1 found"),
        Arguments.of(
            "a name, not the address",
            "127.0.0.1",
            ELSEWHERE,
            ELSEWHERE,
            "No subject alternative names matching IP address 127.0.0.1 found"),
        Arguments.of(
            "a wildcard for one label alone",
            "a.b.wild.test",
            WILD,
            WILD,
            "No subject alternative DNS name matching a.b.wild.test found"),
        Arguments.of("expired", "127.0.0.1", EXPIRED, EXPIRED, "NotAfter: "),
        Arguments.of(
            "trust in another authority",
            "127.0.0.1",
            LOOPBACK,
            ELSEWHERE,
            "unable to find valid certification path to requested target"),
        Arguments.of(
            "a name that the JDK takes for none",
            "under_score.test",
            LOOPBACK,
            LOOPBACK,
            "under_score.test"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void refusesTheCertificateAndSaysWhy(
      String name, String host, TestCertificate shown, TestCertificate trusted, String reason)
      throws Exception {
    try (PeerServer server = serve(shown, "127.0.0.1")) {
      assertRefused(dialer(trusting(trusted)).wire(Endpoint.tls(host, server.port())), reason);
    }
  }

  static Stream<Arguments> wide() {
    return Stream.of(
        Arguments.of("a common name alone", "server.test", List.of()),
        Arguments.of("a wildcard with a prefix", "w1.a.test", List.of("w*.a.test")),
        Arguments.of("a wildcard with a suffix", "1w.a.test", List.of("*w.a.test")),
        Arguments.of("a wildcard below a top-level label", "server.test", List.of("*.test")),
        Arguments.of("a wildcard that is not leftmost", "a.b.test", List.of("a.*.test")),
        Arguments.of("two wildcards", "a.b.c.test", List.of("*.*.c.test")),
        Arguments.of("one of several", "w1.a.test", List.of("other.test", "w*.a.test")));
  }

  /** The JDK alone takes each of these (RFC 9525 section 6.3 does not). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("wide")
  void refusesANameThatTheJdkTakesTooWidely(String name, String host, List<String> names)
      throws Exception {
    TestCertificate shown = TestCertificate.named(host, names.toArray(new String[0]));
    String reason = "the peer's certificate is refused (";
    try (PeerServer server = serve(shown, "127.0.0.1")) {
      Endpoint endpoint = Endpoint.tls(host, server.port());

      assertRefused(dialer(trusting(shown)).wire(endpoint), reason);
      assertRefused(dialer(Tls.builder().context(shown.clientContext())).wire(endpoint), reason);
      assertRefused(dialer(trusting(shown).serverName(host)).wire(server.endpoint()), reason);
    }
  }

  @Test
  void takesAProperNameBesideAWildcardThatIsTooWide() throws Exception {
    TestCertificate shown = TestCertificate.named("a.test", "*.test", "w*.a.test", "*.a.test");
    try (PeerServer server = serve(shown, "127.0.0.1");
        Wire wire = dialer(trusting(shown)).dial(Endpoint.tls("w1.a.test", server.port()))) {

      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void leavesAnotherNameToAContextThatChecksNone() throws Exception {
    try (PeerServer server = serve(ELSEWHERE, "127.0.0.1");
        Wire wire = dialer(Tls.builder().context(Gullible.context()))
            .dial(Endpoint.tls("server.test", server.port()))) {

      assertThat(wire.isOpen()).isTrue();
    }
  }

  private static void assertRefused(Wire wire, String reason) {
    TlsException thrown = catchThrowableOfType(TlsException.class, wire::connect);

    assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
    assertThat(thrown.phase()).isEqualTo(Phase.TLS);
    assertThat(thrown)
        .hasMessageStartingWith("TLS handshake with " + wire.endpoint() + ": ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(" [TLS, connection closed]");
    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.tlsSession()).isEmpty();
    assertThat(wire.failure()).containsSame(thrown);
  }

  @Test
  void doesNotTrustAnUnknownAuthorityByDefault() throws Exception {
    try (PeerServer server = serve(LOOPBACK, "127.0.0.1")) {
      assertRefused(
          Dialer.standard().wire(server.endpoint()), "unable to find valid certification path");
    }
  }

  @Test
  void takesAPeerWithAPinnedKey() throws Exception {
    Tls.Builder tls = trusting(LOOPBACK)
        .pin(Tls.pin(ELSEWHERE.certificate()))
        .pin(Tls.pin(LOOPBACK.certificate()));
    try (PeerServer server = serve(LOOPBACK, "127.0.0.1");
        Wire wire = dialer(tls).dial(server.endpoint())) {

      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void refusesAPeerWithAnotherKeyThanThePinned() throws Exception {
    Tls.Builder tls = trusting(LOOPBACK).pin(Tls.pin(LOOPBACK.authority()));
    try (PeerServer server = serve(LOOPBACK, "127.0.0.1")) {
      assertRefused(
          dialer(tls).wire(server.endpoint()),
          "the peer's key " + Tls.pin(LOOPBACK.certificate()) + " is not among the pinned keys");
    }
  }

  @Test
  void checksTheNameAlsoWhereAKeyIsPinned() throws Exception {
    Tls.Builder tls = trusting(ELSEWHERE).pin(Tls.pin(ELSEWHERE.certificate()));
    try (PeerServer server = serve(ELSEWHERE, "127.0.0.1")) {
      assertRefused(dialer(tls).wire(server.endpoint()), "No subject alternative");
    }
  }

  @ParameterizedTest
  @CsvSource({"abc", "QUJD", "'not base64'"})
  void refusesAPinThatIsNone(String pin) {
    assertThatIllegalArgumentException().isThrownBy(() -> Tls.builder().pin(pin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void asksForTheServerNameThatWasSet(String protocol) throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (SslPeer server = SslPeer.start(ELSEWHERE.serverContext(), protocol, (tls, below) -> {
          tls.startHandshake();
          ExtendedSSLSession session = (ExtendedSSLSession) tls.getSession();
          asked.add(session.getRequestedServerNames().toString());
          tls.getInputStream().read();
        });
        Wire wire =
            dialer(trusting(ELSEWHERE).serverName("elsewhere.test")).dial(server.endpoint())) {

      assertThat(wire.isOpen()).isTrue();
      assertThat(asked.poll(20, TimeUnit.SECONDS)).contains("value=elsewhere.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b.test", "", "a b", "127.1", "server.test:443"})
  void refusesAServerNameThatCannotBeAskedFor(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Tls.builder().serverName(name));
  }

  @Test
  void checksTheServerNameThatWasSetInPlaceOfTheHost() throws Exception {
    try (PeerServer server = serve(ELSEWHERE, "127.0.0.1");
        Wire wire =
            dialer(trusting(ELSEWHERE).serverName("elsewhere.test")).dial(server.endpoint())) {
      assertThat(wire.isOpen()).isTrue();
    }
    try (PeerServer server = serve(LOOPBACK, "127.0.0.1")) {
      assertRefused(
          dialer(trusting(LOOPBACK).serverName("elsewhere.test")).wire(server.endpoint()),
          "No subject alternative DNS name matching elsewhere.test found");
    }
  }

  @Test
  void showsItsCertificateWhenAsked() throws Exception {
    Identity identity = Identity.create("client");
    BlockingQueue<X509Certificate> shown = new LinkedBlockingQueue<>();
    Tls.Builder tls = Tls.builder()
        .trust(identity.authority())
        .clientCertificate(identity.key(), identity.certificate(), identity.authority());
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (SslPeer server = SslPeer.start(identity.serverContext(), protocol, (ssl, below) -> {
            ssl.setNeedClientAuth(true);
            ssl.startHandshake();
            shown.add((X509Certificate) ssl.getSession().getPeerCertificates()[0]);
            ssl.getInputStream().read();
          });
          Wire wire = dialer(tls).dial(server.endpoint())) {

        assertThat(wire.isOpen()).isTrue();
        assertThat(shown.poll(20, TimeUnit.SECONDS)).isEqualTo(identity.certificate());
      }
    }
  }

  @Test
  void takesItsCertificateFromAContextToo() throws Exception {
    TestCertificate client = TestCertificate.forHosts();
    try (PeerServer server = PeerServer.builder()
            .tls(LOOPBACK)
            .needsClientCertificate(client)
            .start(connection -> connection.write("welcome"));
        Wire wire =
            dialer(Tls.builder().context(client.contextFor(LOOPBACK))).dial(server.endpoint())) {

      assertThat(wire.input().readNBytes(7)).hasSize(7);
    }
  }

  @Test
  void refusesAContextBesideCertificates() {
    Tls.Builder builder = trusting(LOOPBACK).context(LOOPBACK.clientContext());

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("not both");
  }

  @Test
  void reportsAPeerThatSpeaksNoVersionInCommon() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> tls.startHandshake())) {
      Wire wire = Carrier.TLS_1_2.dialer().build().wire(server.endpoint());

      TlsException thrown = catchThrowableOfType(TlsException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown).hasMessageContaining("protocol_version");
    }
  }
}
