package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.error.ClientClosedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that go out: their dots, their line ends, and what failing half way does. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DotOutputTest {
  static final List<Arguments> TEXTS = List.of(
      text("nothing", "", ".\r\n"),
      text("a line", "a\r\n", "a\r\n.\r\n"),
      text("no line end", "a", "a\r\n.\r\n"),
      text("an empty line", "\r\n", "\r\n.\r\n"),
      text("empty lines at the end", "a\r\n\r\n\r\n", "a\r\n\r\n\r\n.\r\n"),
      text("a dot", ".", "..\r\n.\r\n"),
      text("dots first", ".a\r\n.b\r\n..\r\n", "..a\r\n..b\r\n...\r\n.\r\n"),
      text("dots within", "a.b.\r\n", "a.b.\r\n.\r\n"),
      text("a bare LF", "a\nb\n", "a\r\nb\r\n.\r\n"),
      text("a bare CR", "a\rb\r", "a\r\nb\r\n.\r\n"),
      text("LF, dot, LF", "a\n.\nQUIT\n", "a\r\n..\r\nQUIT\r\n.\r\n"),
      text("CR, dot, CR", "a\r.\rQUIT\r", "a\r\n..\r\nQUIT\r\n.\r\n"),
      text("CR CR LF", "a\r\r\n", "a\r\n\r\n.\r\n"),
      text("LF CR", "a\n\rb", "a\r\n\r\nb\r\n.\r\n"),
      text("an end of its own", "a\r\n.\r\nMAIL FROM:<>\r\n", "a\r\n..\r\nMAIL FROM:<>\r\n.\r\n"),
      text("any bytes", "\0\u00FF\u008D\u008A", "\0\u00FF\u008D\u008A\r\n.\r\n"),
      text("a long line", "x".repeat(40_000), "x".repeat(40_000) + "\r\n.\r\n"),
      text("a long run of dots", ".".repeat(40_000), ".".repeat(40_001) + "\r\n.\r\n"));

  private static Arguments text(String name, String content, String wire) {
    return Arguments.of(name, content, wire);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("TEXTS")
  void doublesDotsAndMendsLineEnds(String name, String content, String wire) throws Exception {
    for (int piece : new int[] {1, 3, 7, 100_000}) {
      try (EchoServer server = EchoServer.start();
          LineClient client = new LineClient(server.endpoint())) {
        try (Outgoing out = DotBlocks.of(client).write()) {
          byte[] bytes = content.getBytes(ISO_8859_1);
          for (int at = 0; at < bytes.length; at += piece) {
            out.write(bytes, at, Math.min(piece, bytes.length - at));
          }
          out.finish();
        }

        client.shutdownOutput();
        assertThat(client.readToEnd()).asString(ISO_8859_1).isEqualTo(wire);
      }
    }
  }

  @Test
  void comesBackAsItWasBesideItsLineEnds() throws Exception {
    Random random = new Random(20);
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      DotBlocks blocks = DotBlocks.of(client);
      for (int i = 0; i < 400; i++) {
        byte[] content = anyBytes(random);

        blocks.write(Content.of(new ByteArrayInputStream(content)));

        assertThat(blocks.read().readAllBytes()).isEqualTo(mended(content));
      }
    }
  }

  /** Bytes of which every other one matters to the grammar. */
  private static byte[] anyBytes(Random random) {
    byte[] telling = {'.', '\r', '\n', 'a', 0, (byte) 0x8D, (byte) 0x8A, (byte) 0xFF};
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextBoolean()) {
        bytes[i] = telling[random.nextInt(telling.length)];
      }
    }
    return bytes;
  }

  /** The same text with CRLF at the end of each line, written in another way than the library does. */
  private static byte[] mended(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean afterCr = false;
    for (byte octet : content) {
      boolean secondHalf = afterCr && octet == '\n';
      afterCr = octet == '\r';
      if (!secondHalf && (octet == '\r' || octet == '\n')) {
        out.write('\r');
        out.write('\n');
      } else if (!secondHalf) {
        out.write(octet);
      }
    }
    byte[] bytes = out.toByteArray();
    boolean whole = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    if (whole) {
      return bytes;
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 2);
    ended[bytes.length] = '\r';
    ended[bytes.length + 1] = '\n';
    return ended;
  }

  @Test
  void isAPartOfAConversation() throws Exception {
    try (var server = ScriptedServer.play("""
            C: DATA
            S: 354 go on
            C: Subject: dots
            C:
            C: ..
            C: .
            S: 250 taken
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      Command.of("DATA").writeTo(client);
      replies.expect(354);
      DotBlocks.of(client).write(Content.of("Subject: dots\n\n.\n"));
      replies.expect(250);
      Command.of("QUIT").writeTo(client);
      replies.expect(221);

      server.verify();
    }
  }

  @Test
  void letsNothingElseBeWrittenBeforeItsEnd() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      DotBlocks blocks = DotBlocks.of(client);
      Outgoing out = blocks.write();
      out.write('a');

      assertThatIllegalStateException().isThrownBy(() -> client.writeLine("QUIT"));
      assertThatIllegalStateException().isThrownBy(() -> client.writeLines("a", "b"));
      assertThatIllegalStateException().isThrownBy(() -> client.writeLine(new byte[1]));
      assertThatIllegalStateException().isThrownBy(client::output);
      assertThatIllegalStateException().isThrownBy(client::shutdownOutput);
      assertThatIllegalStateException().isThrownBy(client::startTls);
      assertThatIllegalStateException().isThrownBy(blocks::write);

      out.finish();
      client.writeLine("QUIT");
      assertThat(blocks.read().readLines()).containsExactly("a");
      assertThat(client.readLine()).isEqualTo("QUIT");
    }
  }

  @Test
  void leavesAtOnceWhenFlushed() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint());
        Outgoing out = DotBlocks.of(client).write()) {
      out.write("a\n".getBytes(ISO_8859_1));
      out.flush();

      assertThat(client.readLine()).isEqualTo("a");
      out.finish();
    }
  }

  @Test
  void isNeverTakenForWholeWhenItsContentFails() throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (PeerServer server = PeerServer.start(peer -> received.complete(UpToTheCut.read(peer)));
        LineClient client = new LineClient(server.endpoint())) {
      IOException failure = new IOException("disk failed");
      InputStream half = new ByteArrayInputStream("a line\r\n".repeat(10_000).getBytes(US_ASCII));
      Content content = Content.of(new SequenceInputStream(half, failing(failure)));

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> DotBlocks.of(client).write(content))
          .isSameAs(failure);

      assertThat(new String(received.get(20, SECONDS), US_ASCII))
          .startsWith("a line\r\na line\r\n")
          .doesNotContain("\r\n.");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  private static InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void isNeverTakenForWholeWhenWhatWritesItThrows() throws Exception {
    try (var server = ScriptedServer.play("C: a\nC: b");
        LineClient client = new LineClient(server.endpoint())) {
      IOException failure = new IOException("disk failed");

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            try (Outgoing out = DotBlocks.of(client).write()) {
              out.write("a\r\nb\r\n".getBytes(ISO_8859_1));
              out.flush();
              throw failure;
            }
          })
          .isSameAs(failure);

      server.verify();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> client.writeLine("QUIT"))
          .withMessageContaining("the text was given up half way");
    }
  }

  @Test
  void takesNothingBehindItsEnd() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Outgoing out = DotBlocks.of(client).write();
      out.finish();
      out.finish();
      out.close();
      out.flush();

      assertThatIllegalStateException().isThrownBy(() -> out.write('x'));

      assertThat(client.readLine()).isEqualTo(".");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  @SuppressWarnings("try") // that it is closed in the middle is what is shown
  void isGivenUpWhenTheConnectionIs() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Outgoing out = DotBlocks.of(client).write();
      out.write('a');
      client.close();

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(out::finish);

      out.close();
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> client.writeLine("x"));
    }
  }

  @Test
  void writesLines() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: ..one\nC: \nC: caf\u00e9\nC: .");
        LineClient client = new LineClient(server.endpoint())) {
      Outgoing text = DotBlocks.of(client).write();
      text.writeLine(".one");
      text.writeLine("");
      assertThatIllegalArgumentException().isThrownBy(() -> text.writeLine("a\nb"));
      text.writeLine("caf\u00e9");
      text.finish();

      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\rb", "a\nb", "\u00e9\0"})
  void refusesALineThatIsNone(String line) throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      Outgoing text = DotBlocks.of(client).write();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> text.writeLine(line))
          .withMessageContaining("a line must not hold CR, LF or NUL");

      text.writeLine("whole");
      text.finish();
      assertThat(client.readLine()).isEqualTo("whole");
      assertThat(client.readLine()).isEqualTo(".");
    }
  }
}
