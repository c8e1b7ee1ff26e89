package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of a dialogue, what is masked and cut, and which failures carry it. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class TranscriptTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keepsWhatBothSay() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            S: 220 ready
            C: one
            C: two
            C: tre
            S: 250-so
            S: 250 be it
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      client.readLine();
      client.writeLine("one");
      client.writeLines("two", "tre");
      Replies.of(client).read();

      assertThat(said.lines())
          .containsExactly(
              "S: 220 ready", "C: one", "C: two", "C: tre", "S: 250-so", "S: 250 be it");
    }
  }

  @Test
  void isAScriptForTheTestKit() throws Exception {
    String script = """
        S: 220 ready
        C: set k 0 0 5
        C> "a\\r\\nb\\x00"
        C:\s
        S: VALUE 4
        S> "x\\r\\n\\""
        S: END
        """;
    Transcript first;
    try (ScriptedServer server = ScriptedServer.play(script)) {
      first = converse(server);
    }

    try (ScriptedServer again = ScriptedServer.play(first.toString())) {
      Transcript second = converse(again);

      again.verify();
      assertThat(second.lines()).isEqualTo(first.lines()).hasSize(7);
    }
  }

  @Test
  void showsLinesOfBytesWithTheirEnds() throws Exception {
    String script = """
        C> "caf\\xe9\\r\\n"
        S> "cr\\xe8me\\r\\n"
        S> "th\\xe9\\n"
        S> "abc"
        S> "\\r\\n"
        """;
    try (ScriptedServer server = ScriptedServer.play(script);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      client.writeLine("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
      client.readLineBytes();
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(client::readLine);
      Blocks.of(client).readLine(3);

      assertThat(said).hasToString(script);
      server.verify();
    }
  }

  private static Transcript converse(ScriptedServer server) throws IOException {
    try (LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      client.readLine();
      Message.of().line("set k 0 0 5").data(bytes("a\r\nb\0")).line("").writeTo(client);
      client.readLine();
      client.read(4);
      client.readLine();
      return said;
    }
  }

  @Test
  void masksWhatIsSecretEverywhere() throws Exception {
    List<String> heard = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.play("""
            C: USER joe
            C: PASS open sesame
            C> "sesame"
            S: -ERR no
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client).tell(heard::add);
      Command.of("USER").atom("joe").writeTo(client);
      Command.of("PASS").secretText("open sesame").writeTo(client);
      Message secret = Message.of().secretData(bytes("sesame"));
      secret.writeTo(client);

      ReplyException thrown = catchThrowableOfType(
          ReplyException.class, () -> StatusReplies.of(client).expectOk());

      assertThat(said.lines())
          .isEqualTo(heard)
          .isEqualTo(thrown.transcript())
          .containsExactly("C: USER joe", "C: PASS ***", "C> ***", "S: -ERR no");
      assertThat(secret).hasToString("C> ***\n");
      assertThat(printed(thrown)).contains("C: PASS ***").doesNotContain("sesame");
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  @Test
  void escapesWhatDoesNotPrintAndCutsWhatIsLong() throws Exception {
    String longLine = "x".repeat(Transcript.MAX_LINE_CHARS + 1);
    try (ScriptedServer server = ScriptedServer.play("S> \"\\x1b[31m\\r\\n\"\nS: " + longLine);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      client.readLine();
      client.readLine();

      assertThat(said.lines())
          .containsExactly(
              "S: \\x1b[31m",
              "S: " + "x".repeat(Transcript.MAX_LINE_CHARS) + " ... (201 characters)");
    }
  }

  @Test
  void keepsTheLastLinesAlone() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 1\nS: 2\nS: 3");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client, 2);
      for (int i = 0; i < 3; i++) {
        client.readLine();
      }

      assertThat(said.lines()).containsExactly("S: 2", "S: 3");
    }
  }

  @Test
  void tellsOfTextsWithoutShowingThem() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: a
            C: .
            S: 12345
            S: .
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      DotBlocks texts = DotBlocks.of(client);
      texts.write(Content.of("a"));
      texts.read().readLines();

      assertThat(said.lines()).containsExactly("# C: a text of 6 bytes", "# S: a text of 7 bytes");
    }
  }

  @Test
  void showsWhereTlsBegan() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: STARTTLS
            S: 220 go ahead
            <STARTTLS>
            S: 220 again
            """)) {
      Dialer dialer = Dialer.builder()
          .tls(Tls.builder().context(server.clientContext()).build())
          .build();
      LineOptions options = LineOptions.builder().dialer(dialer).build();
      try (LineClient client = new LineClient(server.endpoint(), options)) {
        Transcript said = Transcript.of(client);
        client.writeLine("STARTTLS");
        client.readLine();
        client.startTls();
        client.readLine();

        assertThat(said.lines())
            .containsExactly("C: STARTTLS", "S: 220 go ahead", "<STARTTLS>", "S: 220 again");
      }
    }
  }

  @Test
  void standsInTheFailureOfARawCall() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 220 ready\n<close>");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client);
      client.readLine();

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.readLine());

      assertThat(thrown.transcript()).containsExactly("S: 220 ready");
      assertThat(thrown.getMessage()).doesNotContain("\n").doesNotContain("220 ready");
      assertThat(printed(thrown)).contains("the last lines before it\n\tS: 220 ready");
    }
  }

  @Test
  void standsInATimeout() throws Exception {
    Dialer hasty = Dialer.builder().silenceTimeout(Duration.ofMillis(50)).build();
    try (ScriptedServer server = ScriptedServer.play("S: 220 ready\nC: NOOP\n<stall>");
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().dialer(hasty).build())) {
      Transcript.of(client);
      client.readLine();
      client.writeLine("NOOP");

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.readLine());

      assertThat(thrown.transcript()).containsExactly("S: 220 ready", "C: NOOP");
    }
  }

  @Test
  void standsInAFailureThatLeavesTheClientUsable() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"\\xff\\r\\n\"\nS: 550 no");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client);

      PeerProtocolException unknown =
          catchThrowableOfType(PeerProtocolException.class, () -> client.readLine());
      ReplyCodeException refused = catchThrowableOfType(
          ReplyCodeException.class, () -> Replies.of(client).expect(2));

      assertThat(unknown.transcript()).containsExactly("S> \"\\xff\\r\\n\"");
      assertThat(refused.transcript()).containsExactly("S> \"\\xff\\r\\n\"", "S: 550 no");
    }
  }

  @Test
  void givesAFailureTheLastTenLines() throws Exception {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      script.append("S: ").append(i).append('\n');
    }
    try (ScriptedServer server = ScriptedServer.play(script + "<close>");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client);

      WirelineException thrown = catchThrowableOfType(WirelineException.class, () -> {
        while (true) {
          client.readLine();
        }
      });

      assertThat(thrown.transcript()).hasSize(10).startsWith("S: 2").endsWith("S: 11");
    }
  }

  @Test
  void isNotThereUnlessAskedFor() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 220 ready\n<close>");
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.readLine());

      assertThat(thrown.transcript()).isEmpty();
      assertThat(thrown.getSuppressed()).isEmpty();
    }
  }

  @Test
  void isOneForAClient() {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      Transcript.of(client);

      assertThatIllegalStateException().isThrownBy(() -> Transcript.of(client));
      assertThatIllegalArgumentException().isThrownBy(() -> Transcript.of(client, 0));
    }
  }

  @Test
  void standsInTheFailureOfALineOfAText() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.play("C: RETR 1\nS> \"\\xFF\\r\\n.\\r\\n\"\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client);
      client.writeLine("RETR 1");

      PeerProtocolException thrown = catchThrowableOfType(
          PeerProtocolException.class, () -> DotBlocks.of(client).read().readLineOrEnd());

      assertThat(thrown.transcript()).containsExactly("C: RETR 1");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  private static void refuse(String line) {
    throw new IllegalArgumentException("cannot show " + line);
  }

  @Test
  void endsATextOnceThoughItsListenerFails() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client).tell(TranscriptTest::fail);
      Outgoing text = DotBlocks.of(client).write();
      text.write('x');

      assertThatExceptionOfType(AssertionError.class).isThrownBy(text::finish);
      said.tell(line -> {});
      text.finish();
      text.close();
      client.writeLine("next");

      assertThat(client.readLine()).isEqualTo("x");
      assertThat(client.readLine()).isEqualTo(".");
      assertThat(client.readLine()).isEqualTo("next");
    }
  }

  private static void fail(String line) {
    throw new AssertionError("cannot show " + line);
  }

  @Test
  void isNotDisturbedByAListenerThatThrows() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client).tell(TranscriptTest::refuse);

      client.writeLine("one");
      try (Outgoing text = DotBlocks.of(client).write()) {
        text.write('x');
        text.finish();
      }

      assertThat(client.readLine()).isEqualTo("one");
      assertThat(client.readLine()).isEqualTo("x");
      assertThat(client.readLineBytes()).asString().isEqualTo(".");
      assertThat(said.lines()).contains("C: one", "S: one", "S: x");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void keepsNoTimeoutFromEndingTheConnectionThoughItsListenerThrows() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"log\"\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client).tell(TranscriptTest::refuse);
      Expect soon = Expect.of(client).withTimeout(Duration.ofMillis(300));

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> soon.text("login: "));

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void keepsAllThatTwoThreadsSayAndHear() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client, 10_000).tell(heard::add);
      Caller<Boolean> reader = Caller.run(ThreadKind.PLATFORM, () -> {
        for (int i = 0; i < 1000; i++) {
          client.readLine();
        }
      });
      for (int i = 0; i < 1000; i++) {
        client.writeLine("" + i);
      }
      reader.result();

      assertThat(said.lines()).hasSize(2000).containsExactlyInAnyOrderElementsOf(heard);
    }
  }
}
