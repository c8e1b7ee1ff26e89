package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.TlsException;
import dev.wireline.http.HttpAgent;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.KnownKeys;
import dev.wireline.net.Tls;
import dev.wireline.net.TlsVersion;
import dev.wireline.testing.Identity;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of docs/guide/tls.md. */
@Timeout(60)
class TlsGuideTest {
  private static final TestCertificate ELSEWHERE = TestCertificate.onlyForHost("elsewhere.test");

  @TempDir
  private Path folder;

  @Test
  void trustsAnAuthorityInAFile() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    Path authority = pem("authority.pem", "CERTIFICATE", certificate.authority().getEncoded());

    // docs: tls-authority
    Tls tls = Tls.builder().trust(authority).build();
    // end: tls-authority

    assertThat(greeting(certificate, tls)).isEqualTo("welcome");
  }

  @Test
  void showsACertificateInFiles() throws Exception {
    Identity identity = Identity.create("client");
    Path certificate = pem("client.pem", "CERTIFICATE", identity.certificate().getEncoded());
    Path key = pem("client-key.pem", "PRIVATE KEY", identity.key().getEncoded());

    // docs: tls-client
    Tls tls = Tls.builder().clientCertificate(certificate, key).build();
    // end: tls-client

    assertThat(tls.toString()).contains("client certificate set");

    // docs: tls-client-origin
    HttpAgent agent = HttpAgent.builder().tls("https://api.example/", tls).build();
    // end: tls-client-origin

    agent.close();
  }

  @Test
  void trustsAKeyAlone() throws Exception {
    String pin = Tls.pin(ELSEWHERE.certificate());

    // docs: tls-key
    Tls tls = Tls.builder().trustKey(pin).build();
    // end: tls-key

    assertThat(greeting(ELSEWHERE, tls)).isEqualTo("welcome");
    assertThatThrownBy(() -> greeting(TestCertificate.forHosts(), tls))
        .isInstanceOf(TlsException.class);
  }

  // docs: tls-keys
  static final class Keys implements KnownKeys {
    private final Map<Endpoint, String> pins = new ConcurrentHashMap<>();

    @Override
    public Optional<String> pin(Endpoint peer) {
      return Optional.ofNullable(pins.get(peer));
    }

    @Override
    public void remember(Endpoint peer, String pin) {
      pins.put(peer, pin);
    }
  }
  // end: tls-keys

  @Test
  void trustsOnFirstUse() throws Exception {
    // docs: tls-first-use
    Tls tls = Tls.builder().trustOnFirstUse(new Keys()).build();
    // end: tls-first-use

    assertThat(greeting(ELSEWHERE, tls)).isEqualTo("welcome");
  }

  @Test
  void speaksNoNewerVersion() throws Exception {
    // docs: tls-version
    Tls tls = Tls.builder().maxVersion(TlsVersion.TLS_1_2).build();
    // end: tls-version

    // docs: tls-dialer
    Dialer dialer = Dialer.builder().tls(tls).build();
    // end: tls-dialer

    assertThat(dialer.tls()).isSameAs(tls);
  }

  private static String greeting(TestCertificate certificate, Tls tls) throws IOException {
    Dialer dialer = Dialer.builder().tls(tls).build();
    LineOptions options = LineOptions.builder().dialer(dialer).build();
    try (var server =
            PeerServer.builder().tls(certificate).start(peer -> peer.write("welcome\r\n"));
        var client = new LineClient(server.endpoint(), options)) {
      return client.readLine();
    }
  }

  private Path pem(String name, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
