package dev.wireline.imap;

import static dev.wireline.imap.ImapScripts.GREETING;
import static dev.wireline.imap.ImapScripts.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.sasl.Sasl;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins of IMAP, and when TLS starts. */
@Timeout(60)
class ImapTlsTest {
  private static final String BEFORE_TLS = """
      S: * OK hello
      C: A1 CAPABILITY
      S: * 5 EXISTS
      S: * OK [ALERT] send your password to evil.example
      S: * CAPABILITY IMAP4rev1 STARTTLS LITERAL+
      S: A1 OK
      C: A2 STARTTLS
      S: A2 OK go on
      """;

  /** A server that is not on this host, as far as the client can see. */
  private static Endpoint elsewhere(ScriptedServer server) {
    return Endpoint.tcp("mail.example", server.endpoint().port());
  }

  private static ImapOptions.Builder reaching() {
    return with(Dialer.builder()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
        .build());
  }

  private static ImapOptions.Builder with(Dialer dialer) {
    return ImapOptions.builder()
        .line(ImapOptions.standard().line().toBuilder().dialer(dialer).build());
  }

  @Test
  void takesNothingThatWasSaidBeforeTls() throws Exception {
    play(BEFORE_TLS + "S: * CAPABILITY X\n", mail -> {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(mail::noop);

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void asksForItsCapabilitiesAgainAfterTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts("localhost");
    Tls tls = Tls.builder().context(certificate.clientContext()).build();
    String script = BEFORE_TLS + """
        <STARTTLS>
        C: A3 CAPABILITY
        S: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR
        S: A3 OK
        C: A4 AUTHENTICATE PLAIN AGpvZQBvcGVuIHNlc2FtZQ==
        S: * CAPABILITY IMAP4rev1 IDLE
        S: A4 OK in
        C: A5 CAPABILITY
        S: * CAPABILITY IMAP4rev1 IDLE
        S: A5 OK
        """;
    try (var server = ScriptedServer.builder(script).startTls(certificate).start();
        var mail = new ImapClient(
            server.endpoint(), with(Dialer.builder().tls(tls).build()).build())) {
      List<ImapEvent> events = new ArrayList<>();
      mail.onEvent(events::add);
      mail.login("joe", "open sesame");

      assertThat(mail.tlsSession()).isPresent();
      assertThat(mail.capabilities().names()).containsExactly("IMAP4REV1", "IDLE");
      assertThat(events).isEmpty();
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO", "BAD"})
  void demandsTls(String no) throws Exception {
    try (var server = ScriptedServer.play(GREETING + "C: A1 STARTTLS\nS: A1 " + no + " what\n");
        var mail = new ImapClient(elsewhere(server), reaching().build())) {
      assertThatExceptionOfType(ImapException.class)
          .isThrownBy(() -> mail.login("joe", "open sesame"))
          .satisfies(e -> assertThat(e.command()).contains("STARTTLS"));

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
      server.verify();
    }
  }

  @Test
  void refusesAServerThatGreetsSoThatTlsCannotStart() throws Exception {
    try (var server = ScriptedServer.play("S: * PREAUTH [CAPABILITY IMAP4rev1] welcome\n");
        var mail = new ImapClient(elsewhere(server), reaching().build())) {
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(() -> mail.select("INBOX"))
          .withMessageContaining("PREAUTH");

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void needsNoLoginBehindAGreetingThatSaysSo() throws Exception {
    play(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\nC: A1 NOOP\nS: A1 OK\n",
        ImapClient::noop);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsPasswordsFromTheClear(boolean bySasl) throws Exception {
    try (var server = ScriptedServer.play(GREETING);
        var mail = new ImapClient(
            elsewhere(server), reaching().tlsPolicy(TlsPolicy.NEVER).build())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(() -> {
        if (bySasl) {
          mail.login(Sasl.plain("joe", "open sesame"));
        } else {
          mail.login("joe", "open sesame");
        }
      });

      assertThat(mail.state()).isEqualTo(ConnectionState.OPEN);
      server.verify();
    }
  }

  @Test
  void saysNoLoginWhereThatIsDisabled() throws Exception {
    play("S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello\n", mail -> {
      assertThatExceptionOfType(ImapException.class)
          .isThrownBy(() -> mail.login("joe", "open sesame"))
          .withMessageNotContaining("sesame");

      assertThat(mail.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @Test
  void logsInByChallenges() throws Exception {
    String script = GREETING + """
        C: A1 AUTHENTICATE CRAM-MD5
        S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
        C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
        S: A1 OK [CAPABILITY X] in
        C: A2 AUTHENTICATE PLAIN
        S: +
        C: AGpvZQBvcGVuIHNlc2FtZQ==
        S: A2 NO [AUTHENTICATIONFAILED] no
        C: A3 AUTHENTICATE PLAIN
        S: + *
        """;
    play(script, mail -> {
      mail.login(Sasl.cramMd5("tim", "tanstaaftanstaaf"));
      assertThat(mail.capabilities().has("X")).isTrue();
      ImapException no = catchThrowableOfType(
          ImapException.class, () -> mail.login(Sasl.plain("joe", "open sesame")));
      assertThat(no.responseCode()).contains("AUTHENTICATIONFAILED");
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mail.login(Sasl.plain("joe", "open sesame")));
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: A1 AUTHENTICATE PLAIN {*}\n",
        "C: A1 LOGIN \"joe\" {*}\n",
        "C: A1 LOGIN \"joe\" {12+}\nC> \"open s\\xc3\\xa9same\"\nC:\n"
      })
  void showsNoSecrets(String login) throws Exception {
    boolean bySasl = login.contains("PLAIN");
    String password = login.contains("xa9") ? "open sésame" : "open sesame";
    String script =
        "S: * OK [CAPABILITY SASL-IR LITERAL+" + (bySasl ? " AUTH=PLAIN" : "") + "] hello\n"
            + login.replace("{12+}", "{12+}")
            + "S: A1 NO no\n";
    play(script, mail -> {
      Transcript transcript = Transcript.of(mail);
      ImapException no = catchThrowableOfType(ImapException.class, () -> {
        if (bySasl) {
          mail.login(Sasl.plain("joe", password));
        } else {
          mail.login("joe", password);
        }
      });

      assertThat(no.toString() + transcript)
          .doesNotContain("same", "AGpvZQ", "s\\xc3")
          .contains("***");
    });
  }
}
