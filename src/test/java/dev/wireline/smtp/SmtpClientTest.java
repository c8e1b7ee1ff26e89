package dev.wireline.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.sasl.Sasl;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Greeting, login, TLS and the small commands. */
@Timeout(60)
class SmtpClientTest {
  private static final String LOGIN = SmtpScripts.offering("AUTH PLAIN LOGIN")
      + "C: AUTH PLAIN AGpvZQBvcGVuIHNlc2FtZQ==\n" + "S: 235 welcome\n";

  private static final String LOGIN_BEGUN =
      "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 250 mail.test\nC: AUTH LOGIN\n";

  private static final String SESSION = LOGIN + """
      C: NOOP
      S: 250 ok
      C: VRFY ann
      S: 252 maybe
      C: RSET
      S: 250 ok
      C: HELP
      S: 214-this
      S: 214 that
      C: RSET
      S: 250 ok
      C: MAIL FROM:<joe@mail.test>
      S: 250 ok
      C: RCPT TO:<ann@mail.test>
      S: 250 ok
      C: DATA
      S: 354 go on
      C: Subject: x
      C:
      C: hello
      C: .
      S: 250 2.0.0 taken
      C: QUIT
      S: 221 bye
      """;

  private static void talk(Endpoint server) throws IOException {
    try (SmtpClient mail = new SmtpClient(server, SmtpOptions.standard())) {
      mail.login("joe", "open sesame");
      mail.noop();
      assertThat(mail.verify("ann").code()).isEqualTo(252);
      mail.reset();
      assertThat(mail.command(Command.of("HELP"), 214).lines()).containsExactly("this", "that");
      assertThat(mail.send(
                  "joe@mail.test", List.of("ann@mail.test"), Content.of("Subject: x\n\nhello\n"))
              .orThrow()
              .accepted())
          .containsExactly("ann@mail.test");
      mail.quit();
      assertThat(mail.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void speaks(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(SESSION).delivery(delivery).start()) {
      talk(server.endpoint());

      server.verify();
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    // The end alone may be cut: what was taken before it is taken.
    CutPoints.everyCutPoint(SESSION.substring(0, SESSION.indexOf("C: QUIT")), SmtpClientTest::talk);
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(LOGIN).startTls(SmtpScripts.BEFORE_TLS).run(endpoint -> {
      try (SmtpClient mail = new SmtpClient(endpoint, SmtpScripts.hurried())) {
        mail.login("joe", "open sesame");
        mail.noop();
      }
    });
  }

  @Test
  void takesNothingThatWasSaidBeforeTls() throws IOException {
    try (var server = ScriptedServer.play(SmtpScripts.BEFORE_TLS + "S: 250 injected\n");
        var mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(mail::noop);

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  private static SmtpOptions remote(SmtpOptions.Builder options) {
    Dialer dialer = Dialer.builder()
        .resolver(name -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    return options.line(LineOptions.builder().dialer(dialer).build()).build();
  }

  private static void playRemote(SmtpOptions.Builder options, String script, SmtpScripts.Use use)
      throws Exception {
    try (var server = ScriptedServer.play(script);
        var mail = new SmtpClient(
            Endpoint.tcp("mail.example", server.endpoint().port()), remote(options))) {
      use.of(mail);
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {454, 502, 554})
  void saysNothingMoreWithoutTls(int code) throws Exception {
    String script = SmtpScripts.PLAIN + "C: STARTTLS\nS: " + code + " no\n";
    playRemote(SmtpOptions.builder(), script, mail -> {
      assertThatExceptionOfType(SmtpException.class).isThrownBy(() -> mail.login("joe", "secret"));
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void fallsNotBackToHeloWhereTlsIsDemanded() throws Exception {
    String script = "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 502 what\n";
    playRemote(
        SmtpOptions.builder(),
        script,
        mail -> assertThatExceptionOfType(SmtpException.class).isThrownBy(mail::noop));
  }

  @Test
  void keepsAPasswordFromTheClear() throws Exception {
    String script = SmtpScripts.offering("AUTH PLAIN") + "C: NOOP\nS: 250 ok\n";
    playRemote(SmtpOptions.builder().tlsPolicy(TlsPolicy.IF_OFFERED), script, mail -> {
      assertThatExceptionOfType(TlsException.class).isThrownBy(() -> mail.login("joe", "secret"));
      mail.noop();
    });
  }

  @Test
  void goesOnWithoutTlsThatIsRefusedWhereItMay() throws Exception {
    String script =
        SmtpScripts.offering("STARTTLS") + "C: STARTTLS\nS: 454 not now\nC: NOOP\nS: 250 ok\n";
    SmtpScripts.play(script, SmtpClient::noop);
  }

  @Test
  void keepsAwayFromTlsWhereItIsToldTo() throws Exception {
    String script = SmtpScripts.offering("STARTTLS") + "C: NOOP\nS: 250 ok\n";
    SmtpScripts.play(
        SmtpOptions.builder().tlsPolicy(TlsPolicy.NEVER).build(), script, SmtpClient::noop);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void speaksToAServerThatKnowsHeloAlone(int code) throws Exception {
    String script = "S: 220 hello\nC: EHLO me.test\nS: " + code
        + " what\nC: HELO me.test\nS: 250 hello\nC: NOOP\nS: 250 ok\n";
    SmtpScripts.play(SmtpOptions.builder().clientName("me.test").build(), script, mail -> {
      assertThat(mail.capabilities().names()).isEmpty();
      mail.noop();
    });
  }

  @Test
  void keepsTheNoToEhlo() throws Exception {
    String script =
        "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 502 use HELO\nC: HELO [127.0.0.1]\nS: 550 no\n";
    SmtpScripts.play(
        script,
        mail -> assertThatExceptionOfType(SmtpException.class)
            .isThrownBy(mail::noop)
            .satisfies(no -> assertThat(no.code()).isEqualTo(502))
            .satisfies(no -> assertThat(no.getSuppressed()).hasSize(1)));
  }

  @Test
  void triesNoHeloAfterAProperNo() throws Exception {
    String script = "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 550 go away\n";
    SmtpScripts.play(
        script, mail -> assertThatExceptionOfType(SmtpException.class).isThrownBy(mail::noop));
  }

  @Test
  void hearsAServerThatTakesNobody() throws Exception {
    SmtpScripts.play(
        "S: 554 no mail here\n",
        mail -> assertThatExceptionOfType(SmtpException.class)
            .isThrownBy(mail::noop)
            .satisfies(no -> assertThat(no.code()).isEqualTo(554)));
  }

  @Test
  void breaksAt421() throws Exception {
    SmtpScripts.play(SmtpScripts.PLAIN + "C: NOOP\nS: 421 4.3.2 closing\n", mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(mail::noop)
          .satisfies(no -> assertThat(no.isTransient()).isTrue())
          .satisfies(no -> assertThat(no.enhancedCode()).contains("4.3.2"))
          .satisfies(no -> assertThat(no.connectionUsable()).isFalse());
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: 421 busy\n",
        "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 421 busy\n",
        "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 502 what\nC: HELO [127.0.0.1]\nS: 421 busy\n",
        SmtpScripts.BEFORE_STARTTLS + "S: 421 busy\n",
        LOGIN_BEGUN + "S: 421 busy\n",
        LOGIN_BEGUN + "S: 334 VXNlcm5hbWU6\nC: am9l\nS: 421 busy\n"
      })
  void hears421BeforeTheFirstMail(String script) throws Exception {
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.login(Sasl.login("joe", "secret")))
          .satisfies(no -> assertThat(no.code()).isEqualTo(421));
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"S: 554 I will not\n", "S: 421 gone\n", "<close>\n", "S: what\n"})
  void hasNoFailureInAFarewell(String answer) throws Exception {
    SmtpScripts.play(SmtpScripts.PLAIN + "C: QUIT\n" + answer, mail -> {
      mail.connect();
      mail.quit();
      assertThat(mail.state()).isEqualTo(ConnectionState.CLOSED);
    });
  }

  @Test
  void knowsTheOldFormOfAuth() throws Exception {
    String script = SmtpScripts.offering("AUTH=LOGIN")
        + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: am9l\nS: 334 UGFzc3dvcmQ6\nC: c2VjcmV0\nS: 235 ok\n";
    SmtpScripts.play(script, mail -> mail.login("joe", "secret"));
  }

  @Test
  void saysWhichLoginItCannotDo() throws Exception {
    SmtpScripts.play(SmtpScripts.offering("AUTH GSSAPI") + "C: NOOP\nS: 250 ok\n", mail -> {
      assertThatExceptionOfType(SmtpExtensionException.class)
          .isThrownBy(() -> mail.login("joe", "secret"))
          .satisfies(no -> assertThat(no.extension()).isEqualTo("AUTH"));
      mail.noop();
    });
  }

  @Test
  void staysUsableAfterAWrongPassword() throws Exception {
    String script = SmtpScripts.offering("AUTH PLAIN")
        + "C: AUTH PLAIN AGpvZQB3cm9uZw==\nS: 535 5.7.8 no\nC: AUTH PLAIN AGpvZQBzZWNyZXQ=\nS: 235 ok\n";
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.login("joe", "wrong"))
          .satisfies(no -> assertThat(no.enhancedCode()).contains("5.7.8"))
          .satisfies(no -> assertThat(no.command()).contains("AUTH PLAIN ***"))
          .withMessageNotContaining("AGpvZQB3");
      mail.login("joe", "secret");
    });
  }

  @Test
  void sendsALongFirstResponseByItself() throws Exception {
    String token = "t".repeat(600);
    String response = Base64.getEncoder()
        .encodeToString(("user=joe\u0001auth=Bearer " + token + "\u0001\u0001")
            .getBytes(StandardCharsets.US_ASCII));
    String script = SmtpScripts.offering("AUTH XOAUTH2") + "C: AUTH XOAUTH2\nS: 334 \nC: "
        + response + "\nS: 334 eyJzdGF0dXMiOiI0MDAifQ==\nC:\nS: 535 no\n";
    SmtpScripts.play(
        script,
        mail -> assertThatExceptionOfType(SmtpException.class)
            .isThrownBy(() -> mail.login(Sasl.xoauth2("joe", token)))
            .satisfies(no -> assertThat(no.code()).isEqualTo(535)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"S: 334 ###\n", "S: 334 eA==\nC:\nS: 334 eA==\n"})
  void cancelsALoginThatMakesNoSense(String challenges) throws Exception {
    String script = SmtpScripts.offering("AUTH PLAIN") + "C: AUTH PLAIN AGpvZQBzZWNyZXQ=\n"
        + challenges + "C: *\nS: 501 cancelled\nC: NOOP\nS: 250 ok\n";
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mail.login("joe", "secret"));
      mail.noop();
    });
  }

  @Test
  void believesNoServerThatSkipsItsProof() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          peer.readLine();
          peer.write("250-mail.test\r\n250 AUTH SCRAM-SHA-256\r\n");
          peer.readLine();
          peer.write("235 welcome\r\n");
          peer.hold();
        });
        var mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mail.login("joe", "secret"));

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void showsNoSecret() throws Exception {
    String script = SmtpScripts.offering("AUTH LOGIN")
        + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: am9l\nS: 334 UGFzc3dvcmQ6\nC: c2VjcmV0\nS: 235 ok\n";
    SmtpScripts.play(script, mail -> {
      Transcript said = Transcript.of(mail);
      mail.login("joe", "secret");
      assertThat(said.toString()).contains("AUTH LOGIN").contains("***").doesNotContain("c2VjcmV0");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "", "a\r\nQUIT", "\u00E9"})
  void refusesANameThatIsNone(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpOptions.builder().clientName(name));
  }
}
