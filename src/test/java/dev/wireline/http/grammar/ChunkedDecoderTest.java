package dev.wireline.http.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.header.Headers;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Received;
import dev.wireline.internal.TooLargeException;
import java.io.ByteArrayOutputStream;
import java.text.ParseException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkedDecoderTest {
  private static final int MAX_TRAILER_BYTES = 200;

  private final ChunkedDecoder decoder = new ChunkedDecoder(MAX_TRAILER_BYTES, 5);

  /** A name for the case, the coded body, what is in it, and the trailers. */
  static List<String[]> bodies() {
    return List.of(
        new String[] {"nothing", "0\r\n\r\n", "", ""},
        new String[] {"many zeros", "0000000000000000\r\n\r\n", "", ""},
        new String[] {"one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello", ""},
        new String[] {"two chunks", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello", ""},
        new String[] {"hex", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", digits(2), ""},
        new String[] {"leading zeros", "0000000000000005\r\nhello\r\n0\r\n\r\n", "hello", ""},
        new String[] {"line ends as data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n", ""},
        new String[] {"extension", "5;a=b;c=\"d e\"\r\nhello\r\n0;last\r\n\r\n", "hello", ""},
        new String[] {"blanks and extension", "5 \t; a = b\r\nhello\r\n0\r\n\r\n", "hello", ""},
        new String[] {"blanks after sizes", "5   \r\nhello\r\n0 \t\r\n\r\n", "hello", ""},
        new String[] {"extension of nothing", "5;\r\nhello\r\n0;\r\n\r\n", "hello", ""},
        new String[] {"obs-text in extension", "5;\u00e9\r\nhello\r\n0\r\n\r\n", "hello", ""},
        new String[] {"trailer", "5\r\nhello\r\n0\r\nX-T: tv\r\n\r\n", "hello", "X-T: tv"},
        new String[] {"trailers", "0\r\nA: b\r\nC: d\r\n e\r\n\r\n", "", "A: b\nC: d   e"});
  }

  private static String digits(int times) {
    return "0123456789".repeat(times);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void readsABodyFedWhole(String name, String coded, String content, String trailers)
      throws Exception {
    assertThat(decode(coded, Integer.MAX_VALUE)).isEqualTo(content);

    assertThat(decoder.isDone()).isTrue();
    assertThat(decoder.trailers().toString()).isEqualTo(trailers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void readsABodyFedByteByByte(String name, String coded, String content, String trailers)
      throws Exception {
    assertThat(decode(coded, 1)).isEqualTo(content);

    assertThat(decoder.isDone()).isTrue();
    assertThat(decoder.trailers().toString()).isEqualTo(trailers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void leavesTheBytesBehindTheBodyAlone(String name, String coded, String content, String trailers)
      throws Exception {
    String more = "\r\nHTTP/1.1 200 OK\r\n\r\n";

    int taken = feed(coded + more, Integer.MAX_VALUE, new ByteArrayOutputStream());

    assertThat(taken).isEqualTo(coded.length());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isNotDoneBeforeTheLastByte(String name, String coded, String content, String trailers)
      throws Exception {
    for (int length = 0; length < coded.length(); length++) {
      ChunkedDecoder cut = new ChunkedDecoder(MAX_TRAILER_BYTES, 5);

      feed(cut, coded.substring(0, length), Integer.MAX_VALUE, new ByteArrayOutputStream());

      assertThat(cut.isDone()).isFalse();
      assertThatThrownBy(cut::trailers).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\r\nhello\r\n0\r\n\r\n'",
    "'0x5\r\nhello\r\n0\r\n\r\n'",
    "'+5\r\nhello\r\n0\r\n\r\n'",
    "'-5\r\nhello\r\n0\r\n\r\n'",
    "' 5\r\nhello\r\n0\r\n\r\n'",
    "'5 \nhello\r\n0\r\n\r\n'",
    "'5 5\r\nhello\r\n0\r\n\r\n'",
    "'5_0\r\nhello\r\n0\r\n\r\n'",
    "'g\r\nhello\r\n0\r\n\r\n'",
    "';a\r\nhello\r\n0\r\n\r\n'",
    "'\u00b5\r\nhello\r\n0\r\n\r\n'",
    "'5\nhello\n0\n\n'",
    "'5\nhello\r\n0\r\n\r\n'",
    "'5\rhello\r\n0\r\n\r\n'",
    "'5\r\r\nhello\r\n0\r\n\r\n'",
    "'5;a\nhello\r\n0\r\n\r\n'",
    "'5;a\rb\r\nhello\r\n0\r\n\r\n'",
    "'5;\u0000\r\nhello\r\n0\r\n\r\n'",
    "'5;\u007f\r\nhello\r\n0\r\n\r\n'",
    "'5;a=\"\n\"\r\nhello\r\n0\r\n\r\n'",
    "'5\r\nhelloXX0\r\n\r\n'",
    "'5\r\nhello\n0\r\n\r\n'",
    "'5\r\nhello\rX0\r\n\r\n'",
    "'5\r\nhello0\r\n\r\n'",
    "'5\r\nhelloworld\r\n0\r\n\r\n'",
    "'5\r\nhello\r\n\r\n0\r\n\r\n'",
    "'0\r\n\n'",
    "'0\n\r\n'",
    "'0\r\nA: b\n\r\n'",
    "'0\r\nA: b\r\n\n'",
    "'0\r\nA : b\r\n\r\n'",
    "'0\r\n A: b\r\n\r\n'",
    "'0\r\nA: b\rc\r\n\r\n'",
    "'0\r\nA: b\u0000\r\n\r\n'",
    "'0\r\nnonsense\r\n\r\n'",
    "'00000000000000000\r\n\r\n'",
    "'00000000000000005\r\nhello\r\n0\r\n\r\n'",
    "'10000000000000005\r\nhello\r\n0\r\n\r\n'",
    "'8000000000000000\r\n'",
    "'ffffffffffffffff\r\n'",
  })
  void refusesFramingThatIsBroken(String coded) {
    assertThatThrownBy(() -> decode(coded, Integer.MAX_VALUE))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("RFC 9");
    assertThat(decoder.isDone()).isFalse();
  }

  @Test
  void takesTheLargestSizeOf63Bits() throws Exception {
    byte[] line = "7fffFFFFffffffff\r\n".getBytes(ISO_8859_1);

    assertThat(decoder.feed(Received.of(line), 0)).isEqualTo(line.length);
    assertThat(decoder.dataLength()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void takesDataInParts() throws Exception {
    byte[] line = "5\r\n".getBytes(ISO_8859_1);
    decoder.feed(Received.of(line), 0);

    decoder.consumed(0);
    decoder.consumed(3);

    assertThat(decoder.dataLength()).isEqualTo(2);
    assertThatThrownBy(() -> decoder.consumed(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> decoder.consumed(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> decoder.feed((byte) 'x')).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesNoFramingWhenItIsDone() throws Exception {
    decode("0\r\n\r\n", 1);

    assertThatThrownBy(() -> decoder.feed((byte) '0')).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void boundsASizeLine() throws Exception {
    String line = "1;" + "a".repeat(ChunkedDecoder.MAX_LINE_BYTES - 2);
    assertThat(decode(line + "\r\nx\r\n0\r\n\r\n", Integer.MAX_VALUE)).isEqualTo("x");

    ChunkedDecoder other = new ChunkedDecoder(0, 0);
    TooLargeException e = catchThrowableOfType(
        TooLargeException.class,
        () -> feed(other, line + "a", Integer.MAX_VALUE, new ByteArrayOutputStream()));

    assertThat(e.limit()).isEqualTo("maxChunkLineBytes");
    assertThat(e.max()).isEqualTo(4096);
  }

  @Test
  void boundsExtensionsByTheDataThatTheyComeWith() {
    String chunk = "1;" + "a".repeat(100) + "\r\nx\r\n";

    TooLargeException e = catchThrowableOfType(
        TooLargeException.class, () -> decode(chunk.repeat(1000), Integer.MAX_VALUE));

    assertThat(e.limit()).isEqualTo("maxChunkExtensionBytes");
  }

  @Test
  void takesExtensionsThatDataPaysFor() throws Exception {
    String chunk = "200;" + "a".repeat(100) + "\r\n" + "x".repeat(512) + "\r\n";

    String content = decode(chunk.repeat(1000) + "0\r\n\r\n", Integer.MAX_VALUE);

    assertThat(content).hasSize(512_000);
  }

  @Test
  void boundsTheTrailers() throws Exception {
    String line = "A: " + "b".repeat(MAX_TRAILER_BYTES - 5) + "\r\n";
    assertThat(decode("0\r\n" + line + "\r\n", 1)).isEmpty();

    ChunkedDecoder other = new ChunkedDecoder(MAX_TRAILER_BYTES - 1, 5);
    TooLargeException e = catchThrowableOfType(
        TooLargeException.class,
        () -> feed(other, "0\r\n" + line + "\r\n", 1, new ByteArrayOutputStream()));

    assertThat(e.limit()).isEqualTo("maxTrailerBytes");
  }

  @Test
  void boundsTheNumberOfTrailers() {
    assertThatThrownBy(() -> decode("0\r\n" + "A: b\r\n".repeat(6) + "\r\n", 1))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void readsBackChunksOfRandomSizes() throws Exception {
    Random random = new Random(20_250_102);
    for (int round = 0; round < 300; round++) {
      byte[] content = new byte[random.nextInt(3000)];
      random.nextBytes(content);
      String text = new String(content, ISO_8859_1);
      Headers trailers = random.nextBoolean() ? Headers.empty() : Headers.of("X-Sum", "" + round);
      ChunkedDecoder fresh = new ChunkedDecoder(MAX_TRAILER_BYTES, 5);
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      String coded = encode(text, trailers, random);
      int taken = feed(fresh, coded + "more", 1 + random.nextInt(100), out);

      assertThat(taken).isEqualTo(coded.length());
      assertThat(out.toByteArray()).isEqualTo(content);
      assertThat(fresh.trailers()).isEqualTo(trailers);
    }
  }

  private static String encode(String content, Headers trailers, Random random) {
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < content.length(); ) {
      int size = Math.min(1 + random.nextInt(600), content.length() - from);
      String hex = Integer.toHexString(size);
      out.append(random.nextBoolean() ? hex : "0" + hex.toUpperCase(java.util.Locale.ROOT));
      out.append(random.nextInt(4) == 0 ? ";a=b" : "").append("\r\n");
      out.append(content, from, from + size).append("\r\n");
      from += size;
    }
    out.append("0\r\n");
    trailers.forEach((name, value) -> out.append(name + ": " + value + "\r\n"));
    return out.append("\r\n").toString();
  }

  private String decode(String coded, int step) throws ParseException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    feed(coded, step, out);
    return out.toString(ISO_8859_1);
  }

  private int feed(String coded, int step, ByteArrayOutputStream out) throws ParseException {
    return feed(decoder, coded, step, out);
  }

  /** Feeds the bytes as they would come in reads of {@code step} bytes; gives how many it took. */
  static int feed(ChunkedDecoder decoder, String coded, int step, ByteArrayOutputStream out)
      throws ParseException {
    byte[] bytes = coded.getBytes(ISO_8859_1);
    InputBuffer input = new InputBuffer();
    int there = 0;
    int taken = 0;
    while (there < bytes.length && !decoder.isDone()) {
      int next = (int) Math.min(bytes.length, (long) there + step);
      Received.add(input, bytes, there, next);
      there = next;
      taken += take(decoder, input, out);
    }
    return taken;
  }

  /** Takes what is there, as the body of a response does. */
  private static int take(ChunkedDecoder decoder, InputBuffer input, ByteArrayOutputStream out)
      throws ParseException {
    int before = input.buffered();
    while (input.buffered() > 0 && !decoder.isDone()) {
      int count = (int) Math.min(decoder.dataLength(), input.buffered());
      if (count > 0) {
        byte[] data = new byte[count];
        input.copy(0, data, 0, count);
        out.writeBytes(data);
        decoder.consumed(count);
      } else {
        count = decoder.feed(input, 0);
      }
      input.consume(count);
    }
    return before - input.buffered();
  }
}
