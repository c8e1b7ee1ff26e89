package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.TlsException;
import dev.wireline.testing.Identity;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trust in keys alone, files in PEM, and the versions of TLS that are spoken. */
@Timeout(60)
class KeyTrustTest {
  private static final TestCertificate ELSEWHERE = TestCertificate.onlyForHost("elsewhere.test");
  private static final TestCertificate EXPIRED = TestCertificate.expired();

  private final Map<Endpoint, String> known = new ConcurrentHashMap<>();
  private final KnownKeys store = new KnownKeys() {
    @Override
    public Optional<String> pin(Endpoint peer) {
      return Optional.ofNullable(known.get(peer));
    }

    @Override
    public void remember(Endpoint peer, String pin) {
      known.put(peer, pin);
    }
  };

  @TempDir
  private Path temporary;

  private static PeerServer serve(TestCertificate certificate) throws IOException {
    return PeerServer.builder().tls(certificate).start(PeerConnection::hold);
  }

  private static Wire dial(PeerServer server, Tls.Builder tls) throws IOException {
    return Dialer.builder().tls(tls.build()).build().dial(server.endpoint());
  }

  @Test
  void takesAPeerByItsKeyAlone() throws Exception {
    for (TestCertificate certificate : new TestCertificate[] {ELSEWHERE, EXPIRED}) {
      Tls.Builder tls = Tls.builder()
          .trustKey(Tls.pin(Carrier.CERTIFICATE.certificate()))
          .trustKey(Tls.pin(certificate.certificate()));
      try (PeerServer server = serve(certificate);
          Wire wire = dial(server, tls)) {
        assertThat(wire.isOpen()).isTrue();
      }
    }
  }

  @Test
  void refusesAnotherKey() throws Exception {
    String wanted = Tls.pin(Carrier.CERTIFICATE.certificate());
    try (PeerServer server = serve(ELSEWHERE)) {
      assertThatThrownBy(() -> dial(server, Tls.builder().trustKey(wanted)))
          .isInstanceOf(TlsException.class)
          .hasMessageContaining("its key " + Tls.pin(ELSEWHERE.certificate())
              + " is not the one that is trusted: " + wanted);
    }
  }

  @Test
  void remembersAKeyAndTakesNoOtherLater() throws Exception {
    Tls.Builder tls = Tls.builder().trustOnFirstUse(store);
    try (PeerServer server = serve(ELSEWHERE)) {
      dial(server, tls).close();

      assertThat(known).isEqualTo(Map.of(server.endpoint(), Tls.pin(ELSEWHERE.certificate())));
      dial(server, tls).close();

      String another = Tls.pin(EXPIRED.certificate());
      known.put(server.endpoint(), another);
      // Other settings, since the session that these have would be resumed without a certificate.
      assertThatThrownBy(() -> dial(server, Tls.builder().trustOnFirstUse(store)))
          .isInstanceOf(TlsException.class)
          .hasMessageContaining("is not the one that is trusted: " + another);
      assertThat(known).containsEntry(server.endpoint(), another);
    }
  }

  @Test
  void remembersNoKeyOfAHandshakeThatFailed() throws Exception {
    Tls.Builder tls = Tls.builder().trustOnFirstUse(store).pin(Tls.pin(EXPIRED.certificate()));
    try (PeerServer server = serve(ELSEWHERE)) {
      assertThatThrownBy(() -> dial(server, tls)).isInstanceOf(TlsException.class);
      assertThat(known).isEmpty();
    }
  }

  @Test
  void takesAuthoritiesAndItsOwnCertificateFromFiles() throws Exception {
    Identity identity = Identity.create("client");
    Path authority =
        write("authority.pem", pem("CERTIFICATE", identity.authority().getEncoded()));
    Path own = write(
        "own.pem",
        pem("CERTIFICATE", identity.certificate().getEncoded())
            + pem("PRIVATE KEY", identity.key().getEncoded()));
    Tls tls = Tls.builder().trust(authority).clientCertificate(own, own).build();
    BlockingQueue<Certificate> shown = new LinkedBlockingQueue<>();

    try (SslPeer server = SslPeer.start(identity.serverContext(), "TLSv1.3", (ssl, below) -> {
          ssl.setNeedClientAuth(true);
          ssl.startHandshake();
          shown.add(ssl.getSession().getPeerCertificates()[0]);
          ssl.getInputStream().read();
        });
        Wire wire = Dialer.builder().tls(tls).build().dial(server.endpoint())) {
      assertThat(wire.isOpen()).isTrue();
      assertThat(shown.poll(20, TimeUnit.SECONDS)).isEqualTo(identity.certificate());
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temporary.resolve(name), text);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + label + "-----\n";
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  void speaksNoVersionButTheOneThatIsSet(TlsVersion version) throws Exception {
    Tls.Builder tls = Tls.builder()
        .trust(Carrier.CERTIFICATE.authority())
        .minVersion(version)
        .maxVersion(version);
    try (PeerServer server = serve(Carrier.CERTIFICATE);
        Wire wire = dial(server, tls)) {
      assertThat(wire.tlsSession().orElseThrow().getProtocol()).isEqualTo(version.jdkName());
    }
  }

  @Test
  void tellsOfAServerWithoutTheVersionThatIsSet() throws Exception {
    Tls.Builder tls =
        Tls.builder().trust(Carrier.CERTIFICATE.authority()).minVersion(TlsVersion.TLS_1_3);
    try (SslPeer old =
        SslPeer.start("TLSv1.2", (ssl, below) -> ssl.getInputStream().read())) {
      assertThatThrownBy(() -> Dialer.builder().tls(tls.build()).build().dial(old.endpoint()))
          .isInstanceOf(TlsException.class);
    }
  }

  @Test
  void refusesSettingsThatContradictEachOther() {
    String pin = Tls.pin(ELSEWHERE.certificate());
    Tls.Builder versions =
        Tls.builder().minVersion(TlsVersion.TLS_1_3).maxVersion(TlsVersion.TLS_1_2);
    Tls.Builder trust = Tls.builder().trust(ELSEWHERE.authority()).trustKey(pin);
    Tls.Builder context = Tls.builder().context(ELSEWHERE.clientContext()).trustKey(pin);

    assertThatIllegalArgumentException()
        .isThrownBy(versions::build)
        .withMessage("the lowest version of TLS, TLS_1_3, is above the highest, TLS_1_2");
    assertThatIllegalArgumentException()
        .isThrownBy(trust::build)
        .withMessageContaining("in certificates or in keys");
    assertThatIllegalArgumentException().isThrownBy(context::build);
    assertThatIllegalArgumentException().isThrownBy(() -> Tls.builder().trustKey("x"));
  }

  @Test
  void showsHowItTrusts() {
    String pin = Tls.pin(ELSEWHERE.certificate());

    assertThat(Tls.builder().trustKey(pin).build()).asString().startsWith("trust in 1 keys alone");
    assertThat(Tls.builder().trustOnFirstUse(store).build().toBuilder().build())
        .asString()
        .startsWith("trust on first use");
  }
}
