package dev.wireline.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS on the connection for commands and on that for data. */
@Timeout(60)
class FtpTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts("localhost");

  private static final String SECURED = """
      <STARTTLS>
      C: FEAT
      S: 211-Features
      S:  SIZE
      S: 211 End
      C: PBSZ 0
      S: 200 ok
      C: PROT P
      S: 200 ok
      """;

  private static String passive(PeerServer data) {
    return "C: EPSV\nS: 229 go (|||" + data.port() + "|)\n";
  }

  private static Peer sending(String text) {
    return peer -> peer.write(text);
  }

  private static FtpOptions.Builder trusting() {
    Tls tls = Tls.builder().context(CERTIFICATE.clientContext()).build();
    Dialer dialer = Dialer.builder().tls(tls).tlsTimeout(Duration.ofSeconds(5)).build();
    return FtpOptions.builder().line(LineOptions.builder().dialer(dialer).build());
  }

  private static PeerServer data(Peer peer) throws IOException {
    return PeerServer.builder().tls(CERTIFICATE).start(peer);
  }

  private interface Use {
    void of(FtpClient ftp) throws Exception;
  }

  private static void play(FtpOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.builder(script).startTls(CERTIFICATE).start();
        var ftp = new FtpClient(server.endpoint(), options)) {
      use.of(ftp);
      server.verify();
    }
  }

  private static void play(String script, Use use) throws Exception {
    play(trusting().build(), FtpScripts.BEFORE_TLS + SECURED + FtpScripts.USER + script, use);
  }

  @Test
  void protectsTheData() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    try (PeerServer out = data(sending("hello"));
        PeerServer in =
            data(peer -> got.add(new String(peer.input().readAllBytes(), ISO_8859_1)))) {
      String script = passive(out) + "C: RETR x\nS: 150 go\nS: 226 done\n" + passive(in)
          + "C: STOR x\nS: 150 go\nS: 226 done\n";
      play(script, ftp -> {
        ftp.login("joe", "open sesame");
        assertThat(ftp.tlsSession()).isPresent();
        assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
        ftp.store("x", Content.of("there"));
      });
      assertThat(got).containsExactly("there");
    }
  }

  @Test
  void takesNoFileThatWasCut() throws Exception {
    try (PeerServer data = data(peer -> {
      peer.write("hel");
      peer.closeWithoutNotify();
    })) {
      String script = passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        ftp.login("joe", "open sesame");
        assertThatExceptionOfType(ConnectionClosedException.class)
            .isThrownBy(() -> ftp.retrieve("x").bytes());
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void hearsWhyTlsFailsForTheData() throws Exception {
    try (PeerServer data = PeerServer.start(PeerConnection::close)) {
      String script = passive(data)
          + "C: RETR x\nS: 150 go\nS: 522 session reuse required\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        ftp.login("joe", "open sesame");
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(() -> ftp.retrieve("x"))
            .satisfies(no -> assertThat(no.code()).isEqualTo(522))
            .satisfies(no -> assertThat(no.getSuppressed()).hasSize(1));
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void checksWhoSendsTheData() throws Exception {
    TestCertificate other = TestCertificate.forHosts("localhost");
    try (PeerServer data = PeerServer.builder().tls(other).start(sending("hello"))) {
      play(passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\n", ftp -> {
        ftp.login("joe", "open sesame");
        assertThatExceptionOfType(TlsException.class).isThrownBy(() -> ftp.retrieve("x"));
        assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
      });
    }
  }

  @Test
  void leavesTheDataInTheClearWhereItIsToldTo() throws Exception {
    try (PeerServer data = PeerServer.start(sending("hello"))) {
      String script = FtpScripts.BEFORE_TLS + SECURED.replace("PROT P", "PROT C") + FtpScripts.USER
          + passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\n";
      play(trusting().protectData(false).build(), script, ftp -> {
        ftp.login("joe", "open sesame");
        assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
      });
    }
  }

  @Test
  void speaksTlsFromTheFirstByte() throws Exception {
    String script =
        FtpScripts.GREETING + "C: PBSZ 0\nS: 200 ok\nC: PROT P\nS: 200 ok\n" + FtpScripts.USER;
    try (var server = ScriptedServer.builder(script).tls(CERTIFICATE).start();
        var ftp = new FtpClient(server.endpoint(), trusting().build())) {
      ftp.login("joe", "open sesame");

      server.verify();
    }
  }

  @Test
  void withstandsBadDataConnections() throws Exception {
    FtpOptions hurried = FtpScripts.hurried();
    Tls tls = Tls.builder().context(CERTIFICATE.clientContext()).build();
    FtpOptions options = hurried.toBuilder()
        .line(hurried.line().toBuilder()
            .dialer(Dialer.builder()
                .tls(tls)
                .tlsTimeout(Duration.ofSeconds(1))
                .silenceTimeout(Duration.ofMillis(250))
                .build())
            .build())
        .build();
    HostilePeers.builder()
        .tls(CERTIFICATE)
        .without(
            "silent",
            "reads nothing",
            "hangs up",
            "hangs up in a line",
            "resets",
            "resets in a line")
        .without("drips", "endless line", "endless header lines", "endless empty lines", "garbage")
        .without("unsolicited bytes first")
        .run(bad -> {
          String script = FtpScripts.BEFORE_TLS + SECURED + FtpScripts.USER + "C: EPSV\nS: 229 (|||"
              + bad.port() + "|)\nC: RETR x\nS: 150 go\nS: 226 done\n";
          try (var server = ScriptedServer.builder(script).startTls(CERTIFICATE).start();
              var ftp = new FtpClient(server.endpoint(), options)) {
            ftp.login("joe", "open sesame");
            ftp.retrieve("x").bytes();
          }
        });
  }
}
