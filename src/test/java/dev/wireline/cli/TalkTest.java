package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.Tls;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that holds a conversation. */
@Timeout(30)
class TalkTest {
  private static final String GREETING = """
      S: 220 ready
      C: HELO me
      S: 250 hello me
      C: QUIT
      S: 221 bye
      <close>
      """;

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @Test
  void saysWhatIsTypedAndShowsWhatComes() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(GREETING)) {
      int code = typed.input("HELO me\nQUIT\n").run("talk", server.endpoint().toString());

      server.verify();
      assertThat(typed.out()).isEqualTo("220 ready\r\n250 hello me\r\n221 bye\r\n");
      assertThat(code).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"crlf, 'a\r\nb\r\n'", "lf, 'a\nb\n'", "cr, 'a\rb\r'"})
  void linesEndAsIsWanted(String end, String sent) throws Exception {
    try (EchoServer server = EchoServer.start()) {
      typed.input("a\nb").run("talk", "--line-end", end, server.endpoint().toString());

      assertThat(typed.out()).isEqualTo(sent);
    }
  }

  @Test
  void aServerThatNeverHangsUpIsHungUpOn() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PeerServer server = PeerServer.start(peer -> {
      peer.write(">");
      peer.hold();
    })) {
      int code = typed
          .input(endingAfter(shown))
          .output(telling(out, shown))
          .run("talk", "--wait", "100ms", server.endpoint().toString());

      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(">");
      assertThat(code).isZero();
    }
  }

  /** An input whose user waits for something and then has nothing to say. */
  private static InputStream endingAfter(CountDownLatch event) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          event.await();
          return -1;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  private static OutputStream telling(OutputStream out, CountDownLatch event) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        event.countDown();
      }
    };
  }

  @Test
  void aConnectionThatBreaksOffIsAFailure() throws Exception {
    try (RawServer server = RawServer.builder(RawAnswer.of("a").thenReset()).start()) {
      int code = typed
          .input("GET / HTTP/1.1\nHost: a\n\n")
          .run("talk", "--wait", "10s", server.endpoint().toString());

      assertThat(code).isEqualTo(ExitCode.CUT);
      assertThat(typed.err()).startsWith("wireline: ");
    }
  }

  @Test
  void speaksTlsAndUnix() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    String pin = Tls.pin(certificate.certificate());
    try (EchoServer server = EchoServer.builder().tls(certificate).start()) {
      typed
          .input("over TLS\n")
          .run("talk", "-v", "--trust-key", pin, server.endpoint().toString());

      assertThat(typed.out()).isEqualTo("over TLS\r\n");
      assertThat(typed.err()).contains("TLSv1.3, TLS_");
    }
    Typed local = new Typed();
    try (EchoServer server = EchoServer.builder().unix().start()) {
      local.input("over Unix\n").run("talk", server.endpoint().toString());
      assertThat(local.out()).isEqualTo("over Unix\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SMTP; S: 220-a|S: 220 b|C: EHLO localhost|S: 250-hi|S: 250 STARTTLS|C: STARTTLS|S: 220 go",
        "imap; S: * OK hi|C: a STARTTLS|S: * CAPABILITY IMAP4rev2|S: a OK go",
        "pop3; S: +OK hi|C: STLS|S: +OK go",
        "ftp; S: 220-a|S: 220 b|C: AUTH TLS|S: 234 go",
        "nntp; S: 201 hi|C: STARTTLS|S: 382 go"
      })
  void turnsToTlsAsTheProtocolHasIt(String protocol, String before) throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    String script = before.replace("|", "\n") + "\n<STARTTLS>\nC: NOOP\nS: 200 safe\n<close>\n";
    try (ScriptedServer server =
        ScriptedServer.builder(script).startTls(certificate).start()) {
      String pin = Tls.pin(certificate.certificate());
      int code = typed
          .input("NOOP\n")
          .run(
              "talk",
              "--starttls",
              protocol,
              "--trust-key",
              pin,
              server.endpoint().toString());

      server.verify();
      assertThat(typed.out()).isEqualTo("200 safe\r\n");
      assertThat(code).isZero();
    }
  }

  @Test
  void saysNothingInTheClearAfterARefusalOfTls() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: +OK hi\nC: STLS\nS: -ERR \033[31mno\n")) {
      int code = typed
          .input("PASS secret\n")
          .run("talk", "--starttls", "pop3", server.endpoint().toString());

      server.verify();
      assertThat(code).isEqualTo(ExitCode.REFUSED);
      assertThat(typed.err())
          .contains("the server does not turn to TLS: it says \"-ERR \uFFFD[31mno\"");
    }
  }

  @Test
  void talksInDatagrams() throws Exception {
    try (DatagramServer server = DatagramServer.echo()) {
      int code = typed
          .input("one\ntwo\n")
          .run(
              "talk",
              "--udp",
              "--answers",
              "1",
              "--wait",
              "20",
              server.endpoint().toString());

      assertThat(typed.out()).isEqualTo("one\ntwo\n");
      assertThat(code).isZero();
    }
    try (DatagramServer server = DatagramServer.answering(request -> List.of())) {
      int code = typed
          .input("one\n")
          .run("talk", "--udp", "--wait", "20ms", server.endpoint().toString());
      assertThat(code).isEqualTo(ExitCode.TIMEOUT);
    }
  }

  @Test
  void checksAServerByAScript() throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), """
        # a mail server greets
        S: 220 {*} | 120 {*}
        C: HELO {who}
        S: 250 {word} {who}
        C: QUIT
        S: 221 bye
        <close>
        """);
    try (ScriptedServer server = ScriptedServer.play(GREETING)) {
      int code = typed.run(
          "talk",
          "--script",
          script.toString(),
          "--set",
          "who=me",
          server.endpoint().toString());

      server.verify();
      assertThat(typed.err()).isEmpty();
      assertThat(code).isZero();
    }
  }

  @Test
  void saysWhichLineDiffers() throws Exception {
    Path script =
        Files.writeString(folder.resolve("a.script"), "\nS: 220 ready\nC: HELO me\nS: 250 hi\n");
    try (ScriptedServer server = ScriptedServer.play(GREETING)) {
      int code =
          typed.run("talk", "--script", script.toString(), server.endpoint().toString());

      assertThat(code).isEqualTo(ExitCode.DIFFERENT);
      assertThat(typed.err())
          .isEqualTo("wireline: " + script
              + ", line 4, \"S: 250 hi\": the server said \"250 hello me\"\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'S> a', 'line 1 of the script is no text in quotes'",
    "'C: {who}', 'says {who}, for which there is no value: \"C: {who}\"; --set NAME=VALUE'",
    "'C: {*}', 'says any text, {*}, in place of'",
    "'C> \"\\?\"', 'is no text in quotes'",
    "'<delay soon>', 'is no step such as'"
  })
  void aScriptThatCannotBePlayedIsAWrongCommand(String text, String complaint) throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), text);
    try (EchoServer server = EchoServer.start()) {
      int code =
          typed.run("talk", "--script", script.toString(), server.endpoint().toString());

      assertThat(code).isEqualTo(ExitCode.USAGE);
      assertThat(typed.err()).contains(complaint);
    }
  }

  /** Each step of the notation, said by the server of the kit and expected of it. */
  @Test
  void knowsTheNotationOfTheKit() throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), """
        S> "login: "
        C: ann
        <at any time>
          C: NOOP
          S: 250 ok
        S> "\\xff\\x00!"
        C> "\\x01\\r\\n"
        C: IDLE
        <every 1ms>
          S: * still here
        <delay 5ms>
        C: DONE
        S: 250 done
        C: STARTTLS
        S: 220 go
        <STARTTLS>
        C: SAY {what}
        S: 250 {what}
        <half-close>
        C: QUIT
        <next connection>
        S: 220 again
        <close>
        """);
    TestCertificate certificate = TestCertificate.forHosts();
    try (ScriptedServer server =
        ScriptedServer.fileBuilder(script).startTls(certificate).start()) {
      int code = typed.run(
          "talk",
          "--script",
          script.toString(),
          "--set",
          "what=this",
          "--trust-key",
          Tls.pin(certificate.certificate()),
          server.endpoint().toString());

      server.verify();
      assertThat(typed.err()).isEmpty();
      assertThat(code).isZero();
    }
  }

  @Test
  void recordsWhatIsNotLinesOfText() throws Exception {
    Path record = folder.resolve("a.script");
    try (ScriptedServer server = ScriptedServer.play("C> \"hé\\n\"\nS> \"> \\xff\"\n")) {
      typed
          .input("hé\n")
          .run(
              "talk",
              "--line-end",
              "lf",
              "--record",
              record.toString(),
              server.endpoint().toString());
    }
    assertThat(record).hasContent("C> \"h\\xc3\\xa9\\n\"\nS> \"> \\xff\"\n");

    try (ScriptedServer server = ScriptedServer.playFile(record)) {
      int code = new Typed()
          .run("talk", "--script", record.toString(), server.endpoint().toString());

      server.verify();
      assertThat(code).isZero();
    }
  }

  @Test
  void whatWasRecordedCanBePlayedByEitherSide() throws Exception {
    Path record = folder.resolve("a.script");
    try (ScriptedServer server = ScriptedServer.play(
        "S: 220 {{}a{|}b}\nC: PASS hush\nS: 250 in\nC: QUIT\nS: 221 bye\n<close>\n")) {
      typed
          .input("pass hush\nQUIT\n".replace("pass", "PASS"))
          .run(
              "talk",
              "--record",
              record.toString(),
              "--secret-after",
              "pass ",
              server.endpoint().toString());
    }
    assertThat(record).content().contains("C: PASS {secret*}\n").doesNotContain("hush");

    try (ScriptedServer server = ScriptedServer.playFile(record)) {
      int code = new Typed()
          .run(
              "talk",
              "--script",
              record.toString(),
              "--set",
              "secret=other",
              server.endpoint().toString());

      server.verify();
      assertThat(code).isZero();
    }
  }

  @Test
  void anEarlierRecordStaysWhereNothingWasSaid() throws Exception {
    Path record = Files.writeString(folder.resolve("a.script"), "S: before\n");

    int code = typed.run("talk", "--record", record.toString(), "nobody.invalid:25");

    assertThat(code).isEqualTo(ExitCode.UNRESOLVED);
    assertThat(record).hasContent("S: before");
    assertThat(typed.run("talk", "--record", folder + "/none/a", "nobody.invalid:25"))
        .isEqualTo(ExitCode.LOCAL);
    assertThat(typed.err()).contains("/none/a: its folder is not there");
  }
}
