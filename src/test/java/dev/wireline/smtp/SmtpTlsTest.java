package dev.wireline.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.TlsException;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STARTTLS, and TLS from the first byte. */
@Timeout(60)
class SmtpTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts("localhost");

  private static SmtpOptions trusting() {
    Tls tls = Tls.builder().context(CERTIFICATE.clientContext()).build();
    Dialer dialer = Dialer.builder().tls(tls).tlsTimeout(Duration.ofSeconds(5)).build();
    return SmtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).build())
        .build();
  }

  @Test
  void asksAgainInTls() throws Exception {
    String script = SmtpScripts.BEFORE_TLS
        + "<STARTTLS>\nC: EHLO [127.0.0.1]\nS: 250-mail.test\nS: 250 SIZE 10\nC: QUIT\nS: 221 bye\n";
    try (var server = ScriptedServer.builder(script).startTls(CERTIFICATE).start();
        var mail = new SmtpClient(server.endpoint(), trusting())) {
      assertThat(mail.capabilities().names()).containsExactly("SIZE");
      assertThat(mail.tlsSession()).isPresent();
      mail.quit();
      server.verify();
    }
  }

  @Test
  void trustsNoStranger() throws Exception {
    String script = SmtpScripts.BEFORE_TLS + "<STARTTLS>\nC: EHLO [127.0.0.1]\nS: 250 mail.test\n";
    try (var server = ScriptedServer.builder(script).startTls(CERTIFICATE).start();
        var mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(mail::noop);
    }
  }

  @Test
  void speaksTlsFromTheFirstByte() throws Exception {
    String script = SmtpScripts.PLAIN + "C: QUIT\nS: 221 bye\n";
    try (var server = ScriptedServer.builder(script).tls(CERTIFICATE).start();
        var mail = new SmtpClient(server.endpoint(), trusting())) {
      mail.connect();
      mail.quit();
      server.verify();
    }
  }

  @Test
  void demandsTlsOnTheWholeWayInTlsAlone() throws Exception {
    String script = SmtpScripts.offering("REQUIRETLS");
    Envelope envelope = Envelope.of("joe@mail.test", List.of("ann@mail.test")).withRequiredTls();
    try (var server = ScriptedServer.builder(
                script + "C: MAIL FROM:<joe@mail.test> REQUIRETLS\nS: 550 no\n")
            .tls(CERTIFICATE)
            .start();
        var mail = new SmtpClient(server.endpoint(), trusting())) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(envelope, Content.of("a")));
      server.verify();
    }
    SmtpScripts.play(script + "C: NOOP\nS: 250 ok\n", mail -> {
      assertThatExceptionOfType(SmtpExtensionException.class)
          .isThrownBy(() -> mail.send(envelope, Content.of("a")))
          .satisfies(no -> assertThat(no.extension()).isEqualTo("REQUIRETLS"))
          .satisfies(no -> assertThat(no.connectionUsable()).isTrue());
      mail.noop();
    });
  }
}
