package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.Tls;
import dev.wireline.testing.FolderServer;
import dev.wireline.testing.HostileServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that looks at a port. */
@Timeout(30)
class ProbeTest {
  private static final String WAIT = "--wait=100ms";

  /** For what says something, and ends the wait with that. */
  private static final String PATIENT = "--wait=20";

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @Test
  void seesWhatAServerSaysFirst() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder("S: SSH-2.0-x\033[2J\n").times(2).start()) {
      int code = typed.run("probe", PATIENT, server.endpoint().toString());

      assertThat(typed.out())
          .contains("127.0.0.1, port " + server.endpoint().port() + "\n")
          .contains("  127.0.0.1  connected in ")
          .contains("says \"SSH-2.0-x\uFFFD[2J\"");
      assertThat(code).isZero();
    }
  }

  @Test
  void seesTheStatusOfHttp() throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      typed.run("probe", WAIT, server.endpoint().toString());

      assertThat(typed.out()).contains("HTTP/1.1 404 Not Found, in ");
      Typed url = new Typed();
      assertThat(url.run("probe", WAIT, "http://" + server.endpoint() + "/a/b?c"))
          .isZero();
      assertThat(url.out()).contains("HTTP/1.1 404 Not Found, in ");
    }
  }

  @Test
  void seesCertificatesAndWhetherTheyAreTrusted() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    String pin = Tls.pin(certificate.certificate());
    try (FolderServer server = FolderServer.builder(folder).tls(certificate).start()) {
      String endpoint = server.endpoint().toString();
      int stranger = typed.run("probe", WAIT, endpoint);
      Typed friend = new Typed();
      int trusted = friend.run("probe", WAIT, "--trust-key", pin, endpoint);

      assertThat(typed.out())
          .contains("TLSv1.3, TLS_", " days left, until ", "    pin " + pin)
          .contains("  not trusted: TLS handshake with", "HTTP/1.1 404 Not Found, in ");
      assertThat(stranger).isEqualTo(ExitCode.TLS);
      assertThat(friend.out()).contains("\n  trusted\n");
      assertThat(trusted).isZero();
      assertThat(new Typed().run("probe", WAIT, "--trust-key", pin, "--min-days", "90", endpoint))
          .isEqualTo(ExitCode.REFUSED);
    }
  }

  @Test
  void seesAnExpiredCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.expired();
    try (FolderServer server = FolderServer.builder(folder).tls(certificate).start()) {
      typed.run("probe", WAIT, server.endpoint().toString());

      assertThat(typed.out()).contains(", expired on ");
    }
  }

  @Test
  void turnsToTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    String script = "S: +OK hi\nC: STLS\nS: +OK go\n<STARTTLS>\n";
    try (ScriptedServer server =
        ScriptedServer.builder(script).times(3).startTls(certificate).start()) {
      int code = typed.run(
          "probe",
          "--starttls",
          "pop3",
          "--trust-key",
          Tls.pin(certificate.certificate()),
          server.endpoint().toString());

      assertThat(typed.out()).contains("TLSv1.3", "  trusted\n");
      assertThat(code).isZero();
    }
  }

  @Test
  void saysWhyItSeesNothing() throws Exception {
    assertThat(typed.run("probe", "nobody.invalid")).isEqualTo(ExitCode.UNRESOLVED);
    try (HostileServer server = HostileServer.builder("hangs up").start()) {
      typed.run("probe", PATIENT, server.endpoint().toString());

      assertThat(typed.out()).contains("hangs up without a word");
    }
  }
}
