package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.cli.Typed;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for mail and for talking, with Exim and Dovecot. */
@Tag("interop")
@Timeout(60)
class CommandLineMailTest {
  private static Dovecot server;
  private static Exim exim;

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = Dovecot.start();
    exim = Exim.start(server.lmtp());
  }

  @AfterAll
  static void end() throws IOException {
    exim.close();
    server.close();
  }

  private static String pin() {
    return Tls.pin(server.certificate());
  }

  @Test
  void aMailThatIsSentIsFoundByTalking() throws Exception {
    int sent = typed
        .input("All well.\n")
        .run(
            "mail",
            "-v",
            "--lmtp",
            "--trust-key",
            pin(),
            "-f",
            "me@mail.test",
            "-t",
            "ann@mail.test",
            "-s",
            "Grüße",
            server.lmtp().toString());
    assertThat(sent).as(typed.err()).isZero();
    Path script = Files.writeString(folder.resolve("pop3.script"), """
        C: USER ann
        S: +OK{*}
        C: PASS {password}
        S: +OK{*}
        C: STAT
        S: +OK 1 {size}
        C: TOP 1 0
        S: +OK{*}
        S: Return-Path: <me@mail.test>
        """);

    int found = typed.run(
        "talk",
        "--starttls",
        "pop3",
        "--trust-key",
        pin(),
        "--script",
        script.toString(),
        "--set",
        "password=" + Dovecot.PASSWORD,
        server.pop3().toString());

    assertThat(found).as(typed.err()).isZero();
  }

  @Test
  void sendsMailWithALoginOverTls() {
    int sent = mail("bob@mail.test");
    assertThat(sent).as(typed.err()).isZero();
    assertThat(typed.err()).contains("C: STARTTLS\n", "S: 235 ").doesNotContain(Exim.PASSWORD);

    assertThat(mail("nobody@mail.test")).isEqualTo(1);
    assertThat(typed.err()).contains("550 5.1.1 no such user here");
    assertThat(typed.run("probe", "--starttls", "smtp", "--trust-key", pin(), exim.smtp() + ""))
        .isZero();
    assertThat(typed.out()).contains("  trusted\n");
  }

  private int mail(String recipient) {
    return typed
        .environment(Map.of("WIRELINE_PASSWORD", Exim.PASSWORD))
        .input("All well.\n")
        .run(
            "mail",
            "-v",
            "--trust-key",
            pin(),
            "-u",
            Exim.USER,
            "-f",
            "me@mail.test",
            "-t",
            recipient,
            exim.smtp().toString());
  }

  @Test
  void aRecipientThatIsNotKnownIsANo() {
    int code = typed
        .input("x\n")
        .run(
            "mail",
            "--lmtp",
            "--trust-key",
            pin(),
            "-f",
            "me@mail.test",
            "-t",
            "nobody.at.all@mail.test",
            server.lmtp().toString());

    assertThat(code).isEqualTo(1);
    assertThat(typed.err()).contains("nobody.at.all@mail.test");
  }

  @Test
  void talksOverTlsThatBeginsLaterOrAtOnce() {
    String[] late = {
      "talk", "--starttls", "imap", "--trust-key", pin(), server.imap().toString()
    };
    String[] first = {"talk", "--trust-key", pin(), server.imaps().toString()};

    assertThat(typed.input("b LOGOUT\n").run(late)).as(typed.err()).isZero();
    assertThat(typed.input("c LOGOUT\n").run(first)).as(typed.err()).isZero();

    assertThat(typed.out()).contains("b OK Logout completed", "* OK ", "c OK Logout completed");
  }

  @Test
  void looksAtEachPort() {
    probe(server.imap(), "imap");
    probe(server.pop3(), "pop3");
    assertThat(typed.run("probe", "--trust-key", pin(), server.imaps().toString()))
        .isZero();
    assertThat(typed.run("probe", server.pop3s().toString())).isEqualTo(6);
    assertThat(typed.run("probe", server.pop3().toString())).isZero();

    assertThat(typed.out())
        .contains("says \"* OK [CAPABILITY ", "says \"+OK Dovecot", "  not trusted: ");
  }

  private void probe(Endpoint place, String protocol) {
    Typed probing = new Typed();
    int code = probing.run("probe", "--starttls", protocol, "--trust-key", pin(), place.toString());

    assertThat(code).as(probing.err() + probing.out()).isZero();
    assertThat(probing.out()).contains("TLSv1.3, ", "CN=localhost", "  trusted\n");
  }
}
