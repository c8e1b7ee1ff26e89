package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that send a mail, list a folder and send a file. */
@Timeout(30)
class MailAndFilesTest {
  private static final String FTP = """
      S: 220 ready
      C: FEAT
      S: 211-can
      S:  SIZE
      S: 211 do
      C: USER anonymous
      S: 331 who
      C: PASS {*}
      S: 230 in
      """;

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @Test
  void sendsAMail() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
        S: 220 mail.test
        C: EHLO {*}
        S: 250 mail.test
        C: MAIL FROM:<me@a.example>
        S: 250 ok
        C: RCPT TO:<you@b.example>
        S: 250 ok
        C: DATA
        S: 354 go
        C: A: b
        C:
        C: text
        C: .
        S: 250 taken
        C: QUIT
        S: 221 bye
        """)) {
      int code = typed
          .input("A: b\n\ntext\n")
          .run(
              "mail",
              "--whole",
              "-f",
              "me@a.example",
              "-t",
              "you@b.example",
              server.endpoint().toString());

      server.verify();
      assertThat(typed.err()).isEmpty();
      assertThat(code).isZero();
    }
  }

  @Test
  void aMailThatIsRefusedIsAFailure() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
        S: 220 mail.test
        C: EHLO {*}
        S: 250 mail.test
        C: MAIL FROM:<me@a.example>
        S: 250 ok
        C: RCPT TO:<you@b.example>
        S: 550 nobody here
        C: RSET
        S: 250 ok
        """)) {
      int code = typed
          .input("text\n")
          .run(
              "mail",
              "-f",
              "me@a.example",
              "-t",
              "you@b.example",
              server.endpoint().toString());

      assertThat(code).isEqualTo(ExitCode.REFUSED);
      assertThat(typed.err()).startsWith("wireline: ").contains("nobody here");
    }
  }

  @Test
  void aMailHasItsFields() {
    ZonedDateTime time = ZonedDateTime.of(2026, 11, 8, 1, 2, 3, 0, ZoneOffset.UTC);

    String mail = new String(
        new PlainMail("a@a.example", List.of("b@b.example", "c@c.example"), "Grüße ".repeat(9))
            .bytes("Grüße".getBytes(StandardCharsets.UTF_8), time),
        StandardCharsets.US_ASCII);

    assertThat(mail)
        .contains("From: a@a.example\r\nTo: b@b.example, c@c.example\r\nSubject: =?utf-8?B?")
        .contains("Date: Sun, 8 Nov 2026 01:02:03 +0000\r\n")
        .endsWith("\r\n\r\nR3LDvMOfZQ==\r\n");
    assertThat(mail.lines()).allMatch(line -> line.length() <= 78);
  }

  @Test
  void aSubjectBeginsNoFieldOfItsOwn() throws Exception {
    int code = typed.run(
        "mail", "-f", "a@a.example", "-t", "b@b.example", "-s", "a\nBcc: c", "localhost:1");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(typed.err()).contains("no control characters");
  }

  @Test
  void listsAFolder() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write(
            "-rw-r--r-- 1 a a 5 Jan 31 2024 a\033b\r\ndrwxr-xr-x 1 a a 9 Jan 31 2024 sub\r\n"));
        ScriptedServer server = ScriptedServer.play(FTP + """
            C: TYPE I
            S: 200 ok
            C: EPSV
            S: 229 ok (|||%d|)
            C: LIST pub
            S: 150 here
            S: 226 done
            C: QUIT
            S: 221 bye
            """.formatted(data.port()))) {
      int code = typed.run("ls", "ftp://" + server.endpoint() + "/pub");

      server.verify();

      assertThat(typed.err()).isEmpty();
      assertThat(typed.out().lines())
          .containsExactly(
              "           5  2024-01-31T00:00:00Z  a\uFFFDb",
              "           -  2024-01-31T00:00:00Z  sub/");
      assertThat(code).isZero();
    }
  }

  @Test
  void sendsAFileIntoAFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "content");
    try (PeerServer data = PeerServer.start(
            peer -> assertThat(peer.input().readAllBytes()).asString().isEqualTo("content"));
        ScriptedServer server = ScriptedServer.play(FTP + """
            C: TYPE I
            S: 200 ok
            C: SIZE in/a.txt
            S: 550 none
            C: MDTM in/a.txt
            S: 550 none
            C: EPSV
            S: 229 ok (|||%d|)
            C: STOR in/a.txt
            S: 150 here
            S: 226 done
            C: QUIT
            S: 221 bye
            """.formatted(data.port()))) {
      int code = typed.run("put", file.toString(), "ftp://" + server.endpoint() + "/in/");

      server.verify();
      assertThat(data.failure()).isEmpty();
      assertThat(code).isZero();
    }
  }

  @Test
  void aFileThatCannotBeSentDialsNobody() {
    assertThat(typed.run("put", folder + "/none", "ftp://nobody.invalid/"))
        .isEqualTo(ExitCode.LOCAL);
    assertThat(typed.err()).contains("/none: there is no such file");
    assertThat(typed.run("put", folder.toString(), "ftp://nobody.invalid/"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(typed.err()).contains("is a folder");
  }

  @Test
  void writesCompletionAndAManual() throws Exception {
    typed.run("completion");
    Typed manual = new Typed();
    manual.run("man");

    assertThat(typed.out()).contains("complete -F _complete_wireline", "hostile", "--resume");
    assertThat(manual.out())
        .startsWith(".TH WIRELINE 1")
        .contains(".SS wireline get URL", ".B \\-\\-resume", ".SS wireline serve hostile NAME")
        .doesNotContain("${");
    assertThat(manual.out().lines()).noneMatch(line -> line.startsWith("'"));
  }

  @Test
  void theHelpFitsATerminalAndNamesWhatThereIs() {
    typed.run("--help");

    assertThat(typed.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(typed.out()).contains("  get", "  talk", "  serve", "  probe", "  mail");
    assertThat(new Typed().run()).isEqualTo(ExitCode.USAGE);
    Typed asking = new Typed();
    asking.run("help", "get");
    assertThat(asking.out()).startsWith("Usage: wireline get");
  }

  @Test
  void eachCommandHasAVersion() {
    typed.run("get", "-V");
    typed.run("serve", "echo", "--version");

    assertThat(typed.out().lines()).hasSize(2).allMatch(line -> line.startsWith("Wireline"));
  }
}
