package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What leaves, and in how many writes; and that nothing of a refused call does. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WritingTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String SECRET = "hunter2";

  private final BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();

  /** A write that a line's rules forbid. */
  interface Writing {
    void write(LineClient client) throws IOException;
  }

  /** Notes everything up to the client's end as one. */
  private PeerServer collecting(Way way) throws IOException {
    return way.start(connection -> seen.add(connection.input().readAllBytes()));
  }

  private byte[] nextSeen() throws InterruptedException {
    byte[] next = seen.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the peer saw nothing");
    }
    return next;
  }

  private static Arguments refused(Charset charset, String because, String line) {
    Writing writing = client -> client.writeLine(line);
    return Arguments.of(charset, because, writing);
  }

  private static Arguments refusedBytes(String because, int octet) {
    byte[] line = (SECRET + "?").getBytes(US_ASCII);
    line[SECRET.length()] = (byte) octet;
    Writing writing = client -> client.writeLine(line);
    return Arguments.of(UTF_8, because, writing);
  }

  static final List<Arguments> REFUSED = List.of(
      refused(UTF_8, "has CR at position 7", SECRET + "\rQUIT"),
      refused(UTF_8, "has LF at position 7", SECRET + "\nQUIT"),
      refused(UTF_8, "has CR at position 7", SECRET + "\r\n"),
      refused(UTF_8, "has NUL at position 7", SECRET + "\0"),
      refused(UTF_8, "has CR at position 0", "\r" + SECRET),
      refused(UTF_8, "has LF at position 8", "é" + "hunter\n" + SECRET),
      refused(UTF_8, "has LF at position 7", SECRET + "\né"),
      refused(UTF_8, "a character that UTF-8 does not know", SECRET + "\uD83D"),
      refused(UTF_8, "a character that UTF-8 does not know", "\uDC0E" + SECRET),
      refused(US_ASCII, "a character that US-ASCII does not know", SECRET + "é"),
      refused(ISO_8859_1, "a character that ISO-8859-1 does not know", SECRET + "\u010D"),
      refused(ISO_8859_1, "a character that ISO-8859-1 does not know", SECRET + "\u760A"),
      refused(ISO_8859_1, "a character that ISO-8859-1 does not know", SECRET + "\u760D"),
      refused(ISO_8859_1, "a character that ISO-8859-1 does not know", SECRET + "\u0100"),
      refused(ISO_8859_1, "a character that ISO-8859-1 does not know", SECRET + "🐎"),
      refused(WINDOWS_1252, "a character that windows-1252 does not know", SECRET + "\u0081"),
      refusedBytes("has CR at position 7", '\r'),
      refusedBytes("has LF at position 7", '\n'),
      refusedBytes("has NUL at position 7", 0),
      Arguments.of(UTF_8, "has LF at position 2", (Writing)
          client -> client.writeLines("one", "two", "th\nree")),
      Arguments.of(US_ASCII, "does not know", (Writing)
          client -> client.writeLines("one", "two", "th\u010D")),
      Arguments.of(UTF_8, "has CR at position 0", (Writing)
          client -> client.writeLines(List.of("x".repeat(100_000), "\r"))));

  @ParameterizedTest
  @FieldSource("REFUSED")
  void sendsNothingOfARefusedCallAndGoesOn(Charset charset, String because, Writing writing)
      throws Exception {
    try (PeerServer server = collecting(Way.TCP);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().charset(charset).build())) {
      client.writeLine("before");

      IllegalArgumentException thrown =
          catchThrowableOfType(IllegalArgumentException.class, () -> writing.write(client));

      assertThat(thrown).hasMessageContaining(because);
      assertThat(thrown.toString() + thrown.getCause()).doesNotContain(SECRET, "hunter");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      client.writeLine("after");
      client.shutdownOutput();
      assertThat(nextSeen()).asString().isEqualTo("before\r\nafter\r\n");
    }
  }

  @Test
  void refusesAMissingLineAndGoesOn() throws Exception {
    try (PeerServer server = collecting(Way.TCP);
        LineClient client = new LineClient(server.endpoint())) {
      assertThatNullPointerException()
          .isThrownBy(() -> client.writeLines(Arrays.asList("one", null)));
      client.writeLine("after");
      client.shutdownOutput();

      assertThat(nextSeen()).asString().isEqualTo("after\r\n");
    }
  }

  @Test
  void writesCharactersWhoseLowerHalfLooksLikeALineEnd() throws Exception {
    try (PeerServer server = collecting(Way.TCP);
        LineClient client = new LineClient(server.endpoint())) {
      client.writeLine("\u010D\u010A\u760A\u760D\u0100");
      client.writeLine(new byte[] {(byte) 0x8D, (byte) 0x8A, (byte) 0x80});
      client.shutdownOutput();

      byte[] expected = "čĊ瘊瘍Ā\r\n???\r\n".getBytes(UTF_8);
      expected[expected.length - 5] = (byte) 0x8D;
      expected[expected.length - 4] = (byte) 0x8A;
      expected[expected.length - 3] = (byte) 0x80;
      assertThat(nextSeen()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void writesLinesOfAnyLength(Way way) throws Exception {
    String ascii = "x".repeat(1_000_000);
    String other = "ů".repeat(300_000);
    try (PeerServer server = collecting(way);
        LineClient client = way.client(server)) {
      client.writeLine("");
      client.writeLine(ascii);
      client.writeLine(other);
      client.writeLines(ascii, "short", other);
      client.writeLine("end");
      client.shutdownOutput();

      assertThat(new String(nextSeen(), UTF_8))
          .isEqualTo(String.join("\r\n", "", ascii, other, ascii, "short", other, "end", ""));
    }
  }

  @Test
  void writesNothingForNoLines() throws Exception {
    try (PeerServer server = collecting(Way.TCP);
        LineClient client = new LineClient(server.endpoint())) {
      client.writeLines();
      client.writeLines(List.of());
      client.shutdownOutput();

      assertThat(nextSeen()).isEmpty();
    }
  }

  static final List<Arguments> WRITES = List.of(
      Arguments.of("a line", (Writing) client -> client.writeLine("NICK wire"), "NICK wire\r\n"),
      Arguments.of("an empty line", (Writing) client -> client.writeLine(""), "\r\n"),
      Arguments.of("another than ASCII", (Writing) client -> client.writeLine("ü"), "ü\r\n"),
      Arguments.of(
          "bytes", (Writing) client -> client.writeLine("ab".getBytes(US_ASCII)), "ab\r\n"),
      Arguments.of(
          "lines", (Writing) client -> client.writeLines("a", "", "ü", "d"), "a\r\n\r\nü\r\nd\r\n"),
      Arguments.of(
          "a long line",
          (Writing) client -> client.writeLine("x".repeat(8000)),
          "x".repeat(8000) + "\r\n"));

  /** TLS keeps writes apart, each in a record of its own: what TCP would join on the way shows. */
  @ParameterizedTest(name = "{0}")
  @FieldSource("WRITES")
  void sendsWhatBelongsTogetherInOneWrite(String name, Writing writing, String expected)
      throws Exception {
    try (PeerServer server = Way.TLS.start(connection -> {
          byte[] record = new byte[20_000];
          for (int count = connection.input().read(record);
              count > 0;
              count = connection.input().read(record)) {
            seen.add(Arrays.copyOf(record, count));
          }
        });
        LineClient client = Way.TLS.client(server)) {
      writing.write(client);
      writing.write(client);

      assertThat(new String(nextSeen(), UTF_8)).isEqualTo(expected);
      assertThat(new String(nextSeen(), UTF_8)).isEqualTo(expected);
    }
  }
}
