package dev.wireline.nntp;

import static dev.wireline.nntp.NntpScripts.BEFORE_TLS;
import static dev.wireline.nntp.NntpScripts.GREETING;
import static dev.wireline.nntp.NntpScripts.LOGIN;
import static dev.wireline.nntp.NntpScripts.LOGIN_ALONE;
import static dev.wireline.nntp.NntpScripts.OLD_GREETING;
import static dev.wireline.nntp.NntpScripts.elsewhere;
import static dev.wireline.nntp.NntpScripts.play;
import static dev.wireline.nntp.NntpScripts.reaching;
import static dev.wireline.nntp.NntpScripts.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Content;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.sasl.Sasl;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Greeting, TLS, modes and logins. */
@Timeout(60)
class NntpSessionTest {
  private static final String CAN = "C: CAPABILITIES\nS: 101 what there is\nS: VERSION 2\n";

  private static final String SASL = "S: 200 hello\n" + CAN + """
      S: READER
      S: AUTHINFO USER SASL
      S: SASL PLAIN CRAM-MD5
      S: .
      """;

  @Test
  void doesWithoutCapabilities() throws Exception {
    play(OLD_GREETING, news -> {
      assertThat(news.capabilities().names()).isEmpty();
      assertThat(news.mayPost()).isTrue();
    });
  }

  @Test
  void goesOnWithAServerThatKnowsNoModes() throws Exception {
    String script = """
        S: 201 hello
        C: CAPABILITIES
        S: 500 what?
        C: MODE READER
        S: 500 what?
        """;
    play(script, news -> assertThat(news.mayPost()).isFalse());
  }

  @Test
  void saysThatItIsAReaderWhereTheServerWantsToKnow() throws Exception {
    String script = "S: 201 hello\n" + CAN + "S: IHAVE\nS: MODE-READER\nS: .\n"
        + "C: MODE READER\nS: 200 hello\n" + CAN + "S: READER\nS: POST\nS: .\n";
    play(script, news -> {
      assertThat(news.mayPost()).isTrue();
      assertThat(news.capabilities().has("READER")).isTrue();
    });
  }

  @Test
  void staysAServerAmongServersIfItIsOne() throws Exception {
    String script = "S: 201 hello\n" + CAN + "S: IHAVE\nS: MODE-READER\nS: .\n"
        + "C: IHAVE <a@b>\nS: 435 have it\n";
    play(NntpOptions.builder().transit(true).build(), script, news -> {
      NntpException no = catchThrowableOfType(
          NntpException.class, () -> news.ihave(new MessageId("<a@b>"), Content.of("x")));

      assertThat(no.code()).isEqualTo(435);
    });
  }

  @ParameterizedTest
  @CsvSource({"S: 502 not you", "S: 400 not now"})
  void breaksWhereTheGreetingSaysNo(String greeting) throws Exception {
    play(greeting + "\n<close>\n", news -> {
      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(news::capabilities)
          .satisfies(e -> assertThat(e.connectionUsable()).isFalse());

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void breaksWhereReadersAreNotServed() throws Exception {
    String script = "S: 201 hello\n" + CAN + "S: MODE-READER\nS: .\n"
        + "C: MODE READER\nS: 502 no readers\n<close>\n";
    play(script, news -> {
      assertThatExceptionOfType(NntpException.class).isThrownBy(news::capabilities);

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  // ---- TLS

  @Test
  void asksForItsCapabilitiesAgainAfterTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts("localhost");
    String script = BEFORE_TLS + "<STARTTLS>\n" + CAN + "S: READER\nS: AUTHINFO USER\nS: .\n"
        + LOGIN_ALONE + CAN + "S: READER\nS: .\n";
    try (var server = ScriptedServer.builder(script).startTls(certificate).start();
        var news = new NntpClient(server.endpoint(), trusting(certificate).build())) {
      news.login("joe", "open sesame");

      assertThat(news.tlsSession()).isPresent();
      assertThat(news.capabilities().has("STARTTLS")).isFalse();
      server.verify();
    }
  }

  @Test
  void startsTlsBehindTheModeIfItIsThere() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts("localhost");
    String script = "S: 200 hello\n" + CAN + "S: MODE-READER\nS: .\n"
        + "C: MODE READER\nS: 200 hello\n" + CAN + "S: READER\nS: STARTTLS\nS: .\n"
        + "C: STARTTLS\nS: 382 go on\n<STARTTLS>\n" + CAN + "S: READER\nS: STARTTLS\nS: .\n";
    try (var server = ScriptedServer.builder(script).startTls(certificate).start();
        var news = new NntpClient(
            server.endpoint(),
            trusting(certificate).tlsPolicy(TlsPolicy.REQUIRED).build())) {
      news.connect();

      assertThat(news.tlsSession()).isPresent();
      server.verify();
    }
  }

  @Test
  void takesNothingThatWasSaidBeforeTls() throws Exception {
    play(BEFORE_TLS + "S: 281 injected\n", news -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> news.login("joe", "open sesame"));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void demandsTls() throws Exception {
    try (var server = ScriptedServer.play(GREETING + "C: STARTTLS\nS: 580 no\n");
        var news = new NntpClient(
            elsewhere(server), reaching().tlsPolicy(TlsPolicy.REQUIRED).build())) {
      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(() -> news.login("joe", "open sesame"))
          .satisfies(e -> assertThat(e.command()).contains("STARTTLS"));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
      server.verify();
    }
  }

  @Test
  void goesOnInTheClearIfTlsIsOfferedAndRefused() throws Exception {
    String script =
        BEFORE_TLS.replace("382 go on", "580 not today") + "C: DATE\nS: 111 20261128074500\n";
    play(script, news -> {
      news.date();

      assertThat(news.tlsSession()).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsPasswordsFromTheClear(boolean bySasl) throws Exception {
    try (var server = ScriptedServer.play(GREETING);
        var news = new NntpClient(elsewhere(server), reaching().build())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(() -> logIn(news, bySasl));

      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
      server.verify();
    }
  }

  private static void logIn(NntpClient news, boolean bySasl) throws IOException {
    if (bySasl) {
      news.login(Sasl.plain("joe", "open sesame"));
    } else {
      news.login("joe", "open sesame");
    }
  }

  // ---- logins

  @Test
  void tellsThatTheServerWantsALoginOrTls() throws Exception {
    play(GREETING + "C: DATE\nS: 480 who are you?\nC: DATE\nS: 483 not in the clear\n", news -> {
      NntpException login = catchThrowableOfType(NntpException.class, news::date);
      NntpException tls = catchThrowableOfType(NntpException.class, news::date);

      assertThat(login.needsLogin()).isTrue();
      assertThat(login.needsTls()).isFalse();
      assertThat(tls.needsTls()).isTrue();
      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @Test
  void asksForItsCapabilitiesAndItsModeAfterALogin() throws Exception {
    String script = "S: 201 hello\n" + "C: CAPABILITIES\nS: 480 who are you?\n"
        + "C: MODE READER\nS: 480 who are you?\n" + LOGIN_ALONE
        + CAN + "S: MODE-READER\nS: .\nC: MODE READER\nS: 200 hello\n" + CAN
        + "S: READER\nS: OVER\nS: .\n";
    play(script, news -> {
      news.login("joe", "open sesame");

      assertThat(news.capabilities().has("OVER")).isTrue();
    });
  }

  @Test
  void logsInWithoutAPasswordIfTheServerAsksForNone() throws Exception {
    String script =
        GREETING + "C: AUTHINFO USER joe\nS: 281 welcome\nC: CAPABILITIES\nS: 101\nS: .\n";
    play(
        script + "C: MODE READER\nS: 200 hello\nC: CAPABILITIES\nS: 101\nS: .\n",
        news -> news.login("joe", "open sesame"));
  }

  @Test
  void logsInOnceMoreWhereTheServerHasForgotten() throws Exception {
    String script = LOGIN + "C: ARTICLE 1\nS: 480 who are you?\n" + LOGIN_ALONE
        + "C: ARTICLE 1\nS: 220 1 <a@b>\nS: text\nS: .\n"
        + "C: POST\nS: 480 who are you?\n" + LOGIN_ALONE
        + "C: POST\nS: 340 go on\nC: text\nC: .\nS: 240 taken\n";
    play(script, news -> {
      news.login("joe", "open sesame");

      assertThat(news.article(1).readLines()).containsExactly("text");
      news.post(Content.of("text"));
    });
  }

  @Test
  void asksNoThirdTime() throws Exception {
    String script =
        LOGIN + "C: DATE\nS: 480 who are you?\n" + LOGIN_ALONE + "C: DATE\nS: 480 who are you?\n";
    play(script, news -> {
      news.login("joe", "open sesame");

      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(news::date)
          .satisfies(e -> assertThat(e.needsLogin()).isTrue());
    });
  }

  @Test
  void tellsTheFirstNoWhereItIsNotLetInAgain() throws Exception {
    String script = LOGIN + "C: DATE\nS: 480 more rights\n"
        + "C: AUTHINFO USER joe\nS: 502 you are in already\nC: DATE\nS: 111 20261128074500\n";
    play(script, news -> {
      news.login("joe", "open sesame");
      NntpException no = catchThrowableOfType(NntpException.class, news::date);

      assertThat(no.code()).isEqualTo(480);
      assertThat(no.getSuppressed()).hasSize(1);
      news.date();
    });
  }

  @Test
  void sendsNoArticleTwice() throws Exception {
    String script = LOGIN + "C: POST\nS: 340 go on\nC: text\nC: .\nS: 480 who are you?\n";
    play(script, news -> {
      news.login("joe", "open sesame");

      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(() -> news.post(Content.of("text")))
          .satisfies(e -> assertThat(e.needsLogin()).isTrue());
    });
  }

  @Test
  void takesTheBestMechanism() throws Exception {
    String script = SASL + """
        C: AUTHINFO SASL CRAM-MD5
        S: 383 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
        C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
        S: 281 welcome
        """ + CAN + "S: READER\nS: .\n";
    play(script, news -> news.login(Sasl.cramMd5("tim", "tanstaaftanstaaf")));
    String best = SASL + "C: AUTHINFO SASL PLAIN AGpvZQBvcGVuIHNlc2FtZQ==\nS: 281\n" + CAN
        + "S: READER\nS: .\n";
    play(best, news -> news.login("joe", "open sesame"));
  }

  @Test
  void logsInByUserWhereItIsToldToWhateverIsListed() throws Exception {
    String script = SASL + "C: AUTHINFO USER joe\nS: 381\nC: AUTHINFO PASS open sesame\nS: 281\n"
        + CAN + "S: READER\nS: .\n";
    play(script, news -> news.loginByUser("joe", "open sesame"));
  }

  @Test
  void keepsALongFirstResponseForTheFirstChallenge() throws Exception {
    play(SASL + "C: AUTHINFO SASL PLAIN\nS: 383 =\nC: {*}\nS: 481 no\n", news -> {
      NntpException no = catchThrowableOfType(
          NntpException.class, () -> news.login(Sasl.plain("joe", "x".repeat(400))));

      assertThat(no.code()).isEqualTo(481);
      assertThat(no.command()).contains("AUTHINFO SASL PLAIN");
      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @Test
  void writesAResponseOfNoBytes() throws Exception {
    String script = SASL + """
        C: AUTHINFO SASL EXTERNAL =
        S: 281 welcome
        """ + CAN + "S: READER\nS: .\n";
    play(script, news -> news.login(Sasl.external("")));
  }

  @ParameterizedTest
  @CsvSource({"383 !!!", "383 dGhpcyBpcyBubyBTQ1JBTQ==", "281 come in", "283 dj14"})
  void believesNoServerThatProvesNothing(String reply) throws Exception {
    play(SASL + "C: AUTHINFO SASL SCRAM-SHA-256 {*}\nS: " + reply + "\n", news -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> news.login(Sasl.scramSha256("joe", "open sesame")));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsNoSecrets(boolean bySasl) throws Exception {
    String script = bySasl
        ? GREETING + "C: AUTHINFO SASL PLAIN {*}\nS: 481 no\n"
        : GREETING + "C: AUTHINFO USER joe\nS: 381\nC: AUTHINFO PASS open sesame\nS: 481 no\n";
    play(script, news -> {
      Transcript transcript = Transcript.of(news);
      NntpException no = catchThrowableOfType(NntpException.class, () -> logIn(news, bySasl));

      assertThat(no.toString() + transcript).doesNotContain("sesame", "AGpvZQ").contains("***");
    });
  }
}
