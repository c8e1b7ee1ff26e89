package dev.wireline.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Command;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.sasl.Sasl;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Pop3ClientTest {
  private static final String GREETING = """
      S: +OK hello
      C: CAPA
      S: +OK
      S: UIDL
      S: PIPELINING
      S: .
      """;

  private static final String LOGIN = GREETING + """
      C: USER joe
      S: +OK
      C: PASS open sesame
      S: +OK 3 messages
      """;

  private static final String BEFORE_TLS = """
      S: +OK hello
      C: CAPA
      S: +OK
      S: STLS
      S: .
      C: STLS
      S: +OK go on
      """;

  private static final String SESSION = LOGIN + """
      C: STAT
      S: +OK 3 5000000000
      C: LIST
      S: +OK
      S: 1 120
      S: 3 200 more
      S: .
      C: LIST 3
      S: +OK 3 200
      C: UIDL
      S: +OK
      S: 1 abc
      S: 3 def
      S: .
      C: UIDL 1
      S: +OK 1 abc
      C: RETR 1
      S: +OK 120 octets
      S: Subject: dots
      S:
      S: ..
      S: ..end
      S: .
      C: TOP 3 0
      S: +OK
      S: Subject: top
      S:
      S: .
      C: DELE 1
      S: +OK
      C: RSET
      S: +OK
      C: NOOP
      S: +OK
      C: LANG
      S: +OK
      S: en English
      S: .
      C: UTF8
      S: +OK now
      C: DELE 1
      C: DELE 3
      S: +OK
      S: +OK
      C: QUIT
      S: +OK 2 deleted
      """;

  private static void talk(Endpoint server) throws IOException {
    try (Pop3Client mailbox = new Pop3Client(server, Pop3Options.standard())) {
      mailbox.login("joe", "open sesame");
      assertThat(mailbox.stat()).isEqualTo(new Pop3Status(3, 5_000_000_000L));
      assertThat(mailbox.sizes()).isEqualTo(Map.of(1, 120L, 3, 200L));
      assertThat(mailbox.size(3)).isEqualTo(200);
      assertThat(mailbox.uids()).isEqualTo(Map.of(1, "abc", 3, "def"));
      assertThat(mailbox.uid(1)).isEqualTo("abc");
      assertThat(mailbox.retrieve(1).text()).isEqualTo("Subject: dots\r\n\r\n.\r\n.end\r\n");
      assertThat(mailbox.top(3, 0).readLines()).containsExactly("Subject: top", "");
      mailbox.delete(1);
      assertThat(mailbox.marked()).isOne();
      mailbox.reset();
      assertThat(mailbox.marked()).isZero();
      mailbox.noop();
      assertThat(mailbox.commandText(Command.of("LANG")).readLines()).containsExactly("en English");
      assertThat(mailbox.command(Command.of("UTF8"))).isEqualTo("now");
      mailbox.delete(List.of(1, 3));
      mailbox.quit();
      assertThat(mailbox.marked()).isZero();
      assertThat(mailbox.state()).isEqualTo(ConnectionState.CLOSED);
      mailbox.quit();
    }
  }

  private interface Use {
    void of(Pop3Client mailbox) throws Exception;
  }

  private static void play(String script, Use use) throws Exception {
    play(Pop3Options.standard(), script, use);
  }

  private static void play(Pop3Options options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(script);
        var mailbox = new Pop3Client(server.endpoint(), options)) {
      use.of(mailbox);
      server.verify();
    }
  }

  private static Pop3Options hurried() {
    Duration quarter = Duration.ofMillis(250);
    Dialer dialer = Dialer.builder().silenceTimeout(quarter).tlsTimeout(quarter).build();
    return Pop3Options.builder()
        .line(LineOptions.builder().dialer(dialer).transferTimeout(quarter).build())
        .build();
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
    CutPoints.everyCutPoint(SESSION, Pop3ClientTest::talk);
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(LOGIN).startTls(BEFORE_TLS).run(endpoint -> {
      try (Pop3Client mailbox = new Pop3Client(endpoint, hurried())) {
        mailbox.login("joe", "open sesame");
        mailbox.stat();
      }
    });
  }

  @Test
  void takesNothingThatWasSaidBeforeTls() throws Exception {
    play(BEFORE_TLS + "S: +OK injected\n", mailbox -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mailbox.login("joe", "open sesame"));

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void asksForItsCapabilitiesAgainAfterTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts("localhost");
    Tls tls = Tls.builder().context(certificate.clientContext()).build();
    Pop3Options options = Pop3Options.builder()
        .line(LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build())
        .build();
    String script = BEFORE_TLS + """
        <STARTTLS>
        C: CAPA
        S: +OK
        S: SASL PLAIN
        S: .
        C: AUTH PLAIN AGpvZQBvcGVuIHNlc2FtZQ==
        S: +OK
        """;
    try (var server = ScriptedServer.builder(script).startTls(certificate).start();
        var mailbox = new Pop3Client(server.endpoint(), options)) {
      mailbox.login("joe", "open sesame");

      assertThat(mailbox.tlsSession()).isPresent();
      assertThat(mailbox.capabilities().has("STLS")).isFalse();
      server.verify();
    }
  }

  /** A server that is not on this host, as far as the client can see. */
  private static Endpoint elsewhere(ScriptedServer server) {
    return Endpoint.tcp("mail.example", server.endpoint().port());
  }

  private static Pop3Options.Builder reaching() {
    Dialer dialer = Dialer.builder()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    return Pop3Options.builder().line(LineOptions.builder().dialer(dialer).build());
  }

  @Test
  void demandsTls() throws Exception {
    try (var server = ScriptedServer.play(GREETING + "C: STLS\nS: -ERR what\n");
        var mailbox = new Pop3Client(elsewhere(server), reaching().build())) {
      assertThatExceptionOfType(Pop3Exception.class)
          .isThrownBy(() -> mailbox.login("joe", "open sesame"))
          .satisfies(e -> assertThat(e.command()).contains("STLS"));

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsPasswordsFromTheClear(boolean bySasl) throws Exception {
    try (var server = ScriptedServer.play(GREETING);
        var mailbox = new Pop3Client(
            elsewhere(server), reaching().tlsPolicy(TlsPolicy.NEVER).build())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(() -> {
        if (bySasl) {
          mailbox.login(Sasl.plain("joe", "open sesame"));
        } else {
          mailbox.login("joe", "open sesame");
        }
      });

      assertThat(mailbox.state()).isEqualTo(ConnectionState.OPEN);
      server.verify();
    }
  }

  @Test
  void doesWithoutCapabilities() throws Exception {
    String script = """
        S: +OK old
        C: CAPA
        S: -ERR what
        C: STLS
        S: -ERR what
        C: USER joe
        S: +OK
        C: PASS x
        S: +OK
        C: DELE 1
        S: +OK
        C: DELE 2
        S: -ERR no such mail
        """;
    play(script, mailbox -> {
      mailbox.login("joe", "x");
      assertThatExceptionOfType(Pop3Exception.class)
          .isThrownBy(() -> mailbox.delete(List.of(1, 2, 3)));

      assertThat(mailbox.marked()).isOne();
      assertThat(mailbox.capabilities().names()).isEmpty();
    });
  }

  @Test
  void marksTheOthersWhereOneIsRefused() throws Exception {
    String script = LOGIN + "C: DELE 1\nC: DELE 2\nC: DELE 3\nS: +OK\nS: -ERR gone\nS: +OK\n";
    play(script, mailbox -> {
      mailbox.login("joe", "open sesame");
      assertThatExceptionOfType(Pop3Exception.class)
          .isThrownBy(() -> mailbox.delete(List.of(1, 2, 3)));

      assertThat(mailbox.marked()).isEqualTo(2);
      assertThat(mailbox.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @Test
  void logsInByChallenges() throws Exception {
    String script = GREETING + """
        C: AUTH CRAM-MD5
        S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
        C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
        S: +OK
        """;
    play(script, mailbox -> mailbox.login(Sasl.cramMd5("tim", "tanstaaftanstaaf")));
  }

  @Test
  void keepsALongFirstResponseForTheFirstChallenge() throws Exception {
    String script = GREETING + "C: AUTH PLAIN\nS: + \nC: {*}\nS: -ERR [AUTH] no\n";
    play(script, mailbox -> {
      Pop3Exception no = catchThrowableOfType(
          Pop3Exception.class, () -> mailbox.login(Sasl.plain("joe", "x".repeat(200))));

      assertThat(no.responseCode()).contains("AUTH");
      assertThat(mailbox.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @ParameterizedTest
  @CsvSource({"+ !!!", "+ dGhpcyBpcyBubyBTQ1JBTQ==", "+OK"})
  void believesNoServerThatProvesNothing(String reply) throws Exception {
    play(GREETING + "C: AUTH SCRAM-SHA-256 {*}\nS: " + reply + "\n", mailbox -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mailbox.login(Sasl.scramSha256("joe", "open sesame")));

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void logsInByApop() throws Exception {
    String greeting = "S: +OK POP3 <1896.697170952@dbc.mtview.ca.us>\n";
    String script = greeting + GREETING.lines().skip(1).reduce("", (a, b) -> a + b + "\n")
        + "C: APOP mrose c4c9334bac560ecc979e58001b3e22fb\nS: +OK\n";
    play(script, mailbox -> mailbox.loginApop("mrose", "tanstaaf"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<>", "<a>", "<@b>", "<a@>", "<a@b@c>", "<a b@c>", "<a\u00e9@c>", "a@b", "<a@b"
      })
  void hashesNoTimestampThatIsNoMessageId(String text) {
    assertThat(Timestamp.of("hello " + text)).isNull();
  }

  @Test
  void saysNothingWithoutATimestamp() throws Exception {
    play(GREETING, mailbox -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mailbox.loginApop("joe", "open sesame"));

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          [IN-USE] busy,IN-USE,true
          [login-delay] wait,LOGIN-DELAY,true
          [SYS/TEMP] later,SYS/TEMP,true
          [SYS/PERM] never,SYS/PERM,false
          [AUTH],AUTH,false
          [] none,,false
          [a b] none,,false
          busy [IN-USE],,false
          """)
  void tellsTheResponseCode(String text, String code, boolean isTransient) throws Exception {
    play(GREETING + "C: NOOP\nS: -ERR " + text + "\nC: NOOP\nS: +OK\n", mailbox -> {
      Pop3Exception no = catchThrowableOfType(Pop3Exception.class, mailbox::noop);

      assertThat(no.responseCode().orElse(null)).isEqualTo(code);
      assertThat(no.isTransient()).isEqualTo(isTransient);
      mailbox.noop();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 1", "1", "x 1", "1 -1", "4294967297 1", "1 1\nS: 1 2"})
  void takesNoListThatMakesNoSense(String lines) throws Exception {
    play(GREETING + "C: LIST\nS: +OK\nS: " + lines + "\nS: .\n", mailbox -> {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(mailbox::sizes);

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void takesNoAnswerAboutAnotherMail() throws Exception {
    play(
        GREETING + "C: UIDL 1\nS: +OK 2 abc\n",
        mailbox -> assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> mailbox.uid(1)));
  }

  @Test
  void boundsLists() throws Exception {
    Pop3Options options = Pop3Options.builder().maxMails(2).build();
    play(
        options,
        GREETING + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: 3 c\nS: .\n",
        mailbox -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(mailbox::uids)
            .satisfies(e -> assertThat(e.limit()).isEqualTo("maxMails")));
  }

  @Test
  void boundsMails() throws Exception {
    Pop3Options options = Pop3Options.builder().maxMailBytes(4).build();
    play(
        options,
        GREETING + "C: RETR 1\nS: +OK\nS: 12345\nS: .\n",
        mailbox -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> mailbox.retrieve(1).transferTo(OutputStream.nullOutputStream())));
  }

  @Test
  void saysNothingBesideAMailThatIsOpen() throws Exception {
    play(GREETING + "C: RETR 1\nS: +OK\nS: a\nS: .\nC: NOOP\nS: +OK\n", mailbox -> {
      try (Incoming mail = mailbox.retrieve(1)) {
        assertThatIllegalStateException().isThrownBy(mailbox::noop);
        assertThat(mail.text()).isEqualTo("a\r\n");
      }
      mailbox.noop();
    });
  }

  @Test
  void tellsThatDeletionsAreLost() throws Exception {
    play(GREETING + "C: DELE 1\nS: +OK\nC: NOOP\n<close>\n", mailbox -> {
      mailbox.delete(1);
      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(mailbox::noop);

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(mailbox::quit);
      assertThat(mailbox.marked()).isOne();
      assertThat(mailbox.state()).isEqualTo(ConnectionState.CLOSED);
    });
  }

  @Test
  void tellsThatTheServerCouldNotDelete() throws Exception {
    play(GREETING + "C: DELE 1\nS: +OK\nC: QUIT\nS: -ERR some are left\n", mailbox -> {
      mailbox.delete(1);

      assertThatExceptionOfType(Pop3Exception.class).isThrownBy(mailbox::quit);
      assertThat(mailbox.state()).isEqualTo(ConnectionState.CLOSED);
    });
  }

  @Test
  void saysNothingAtItsClose() throws Exception {
    play(GREETING + "C: DELE 1\nS: +OK\n", mailbox -> {
      mailbox.delete(1);
      mailbox.close();

      assertThat(mailbox.marked()).isOne();
    });
  }

  @Test
  void refusesWhatWouldBeAnotherCommand() throws IOException {
    try (Pop3Client mailbox = new Pop3Client("mail.test")) {
      assertThatIllegalArgumentException().isThrownBy(() -> mailbox.login("a\r\nDELE 1", "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> mailbox.login("a", "x\nDELE 1"));
      assertThatIllegalArgumentException().isThrownBy(() -> mailbox.loginApop("a b", "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> mailbox.delete(List.of(1, 0)));
      assertThatIllegalArgumentException().isThrownBy(() -> mailbox.top(1, -1));
      assertThat(mailbox.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsNoSecrets(boolean bySasl) throws Exception {
    String script = bySasl
        ? GREETING + "C: AUTH PLAIN {*}\nS: -ERR no\n"
        : GREETING + "C: USER joe\nS: +OK\nC: PASS open sesame\nS: -ERR no\n";
    play(script, mailbox -> {
      Transcript transcript = Transcript.of(mailbox);
      Pop3Exception no = catchThrowableOfType(Pop3Exception.class, () -> {
        if (bySasl) {
          mailbox.login(Sasl.plain("joe", "open sesame"));
        } else {
          mailbox.login("joe", "open sesame");
        }
      });

      assertThat(no.toString() + transcript).doesNotContain("sesame", "AGpvZQ").contains("***");
    });
  }

  @Test
  void keepsItsOptions() {
    Pop3Options options = Pop3Options.builder().maxMails(5).maxMailBytes(6).build();

    assertThat(options.toBuilder().clearPasswords(true).build().toString())
        .startsWith("maxMails 5, maxMailBytes 6, tlsPolicy REQUIRED, clearPasswords");
    assertThat(Pop3Client.PROTOCOL.toString()).contains("995");
  }
}
