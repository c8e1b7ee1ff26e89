package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TestCertificateTest {

  @Test
  void isAVersion3CertificateOnANamedCurve() throws Exception {
    X509Certificate certificate = TestCertificate.forHosts().certificate();

    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    certificate.checkValidity();
  }

  @Test
  void namesTheLoopbackInterfaceAndItsHosts() throws Exception {
    TestCertificate made = TestCertificate.forHosts("Mail.example", "*.example.org", "192.0.2.7");

    assertThat(made.certificate().getSubjectAlternativeNames())
        .extracting(name -> name.get(0) + " " + name.get(1))
        .containsExactly(
            "2 localhost",
            "2 mail.example",
            "2 *.example.org",
            "7 127.0.0.1",
            "7 0:0:0:0:0:0:0:1",
            "7 192.0.2.7");
  }

  @Test
  void bearsItsNamesAsTheyAreGiven() throws Exception {
    X509Certificate made =
        TestCertificate.named("server.test", "w*.a.test", "*.test").certificate();

    assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=server.test");
    assertThat(made.getSubjectAlternativeNames())
        .extracting(name -> name.get(0) + " " + name.get(1))
        .containsExactly("2 w*.a.test", "2 *.test");
  }

  @Test
  void hasNoExtensionWithoutADnsName() throws Exception {
    X509Certificate made = TestCertificate.named("server.test").certificate();

    assertThat(made.getVersion()).isEqualTo(3);
    assertThat(made.getSubjectAlternativeNames()).isNull();
    assertThat(made.getNonCriticalExtensionOIDs()).isNullOrEmpty();
  }

  @Test
  void hasAnAuthorityThatIsATrustAnchor() throws Exception {
    TestCertificate made = TestCertificate.forHosts();
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(made.authority(), null)));
    parameters.setRevocationEnabled(false);

    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(made.certificate())),
            parameters);

    assertThat(made.authority().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    made.authority().verify(made.authority().getPublicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void passesTheChecksOfTheJdk(String host) throws Exception {
    try (EchoServer server = EchoServer.builder().tls().start();
        PlainClient client = PlainClient.connect(
            Endpoint.tls(host, server.endpoint().port()), server.clientContext())) {
      client.send("hello\n");

      assertThat(client.readLine()).isEqualTo("hello\n");
    }
  }

  @Test
  void isRefusedUnderAnotherName() throws Exception {
    TestCertificate other = TestCertificate.onlyForHost("other.example");
    assertRefused(other, other, "subject alternative names");
  }

  @Test
  void isRefusedWhenItHasExpired() throws Exception {
    TestCertificate expired = TestCertificate.expired();
    assertRefused(expired, expired, "NotAfter");
  }

  @Test
  void isRefusedByAClientThatTrustsAnother() throws Exception {
    assertRefused(TestCertificate.forHosts(), TestCertificate.forHosts(), "unable to find valid");
  }

  private static void assertRefused(TestCertificate shown, TestCertificate trusted, String why)
      throws Exception {
    try (EchoServer server = EchoServer.builder().tls(shown).start()) {
      assertThatThrownBy(() -> PlainClient.connect(server.endpoint(), trusted.clientContext()))
          .isInstanceOf(SSLHandshakeException.class)
          .hasStackTraceContaining(why);
    }
  }

  @Test
  void refusesWhatIsNoHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestCertificate.forHosts("a b"))
        .withMessageContaining("white space");
  }
}
