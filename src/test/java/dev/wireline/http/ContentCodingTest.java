package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
  private static final ContentCoding GZIP = new GzipCoding();
  private static final ContentCoding DEFLATE = new DeflateCoding();
  private static final byte[] HELLO = "hello hello hello hello".getBytes(UTF_8);

  /** A coding, who packs for it, and a name for the case. */
  static List<Arguments> codings() {
    return List.of(
        Arguments.of("gzip", GZIP, (UnaryOperator<byte[]>) Packed::gzip),
        Arguments.of("gzip in members", GZIP, (UnaryOperator<byte[]>) ContentCodingTest::members),
        Arguments.of("gzip, all fields", GZIP, (UnaryOperator<byte[]>) ContentCodingTest::rich),
        Arguments.of("zlib", DEFLATE, (UnaryOperator<byte[]>) Packed::zlib),
        Arguments.of("raw deflate", DEFLATE, (UnaryOperator<byte[]>) Packed::raw));
  }

  private static byte[] members(byte[] content) {
    int half = content.length / 2;
    return Packed.joined(
        Packed.gzip(Arrays.copyOfRange(content, 0, half)),
        Packed.gzip(new byte[0]),
        Packed.gzip(Arrays.copyOfRange(content, half, content.length)));
  }

  /** A member with extra field, name, comment and the checksum of its header. */
  private static byte[] rich(byte[] content) {
    byte[] plain = Packed.gzip(content);
    byte[] header = Packed.joined(
        new byte[] {0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3, 3, 0, 'a', 0, 'b'},
        "name\0a comment\0".getBytes(UTF_8));
    CRC32 check = new CRC32();
    check.update(header);
    byte[] sum = {(byte) check.getValue(), (byte) (check.getValue() >> 8)};
    return Packed.joined(header, sum, Arrays.copyOfRange(plain, 10, plain.length));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void readsWhatTheJdkPacked(String name, ContentCoding coding, UnaryOperator<byte[]> packer)
      throws Exception {
    for (int length : new int[] {0, 1, 2, 100, 8191, 8192, 8193, 300_000}) {
      byte[] content = Packed.content(length, length);
      byte[] packed = packer.apply(content);

      assertThat(decode(coding, packed)).isEqualTo(content);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void readsItHoweverItComesAndIsTaken(
      String name, ContentCoding coding, UnaryOperator<byte[]> packer) throws Exception {
    byte[] content = Packed.content(20_000, 3);
    byte[] packed = packer.apply(content);

    for (int most : new int[] {1, 2, 7, 1000}) {
      try (InputStream in = coding.decode(Packed.dripping(packed, most))) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      try (InputStream in = coding.decode(new ByteArrayInputStream(packed))) {
        byte[] taken = new byte[content.length];
        for (int i = 0; i < taken.length; i++) {
          taken[i] = (byte) in.read();
        }
        assertThat(taken).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(new byte[3])).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void neverTakesACutBodyForAWholeOne(
      String name, ContentCoding coding, UnaryOperator<byte[]> packer) throws Exception {
    byte[] packed = packer.apply(Packed.content(500, 5));
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      boolean ends = name.equals("gzip in members") && endsMember(cut);

      if (!ends) {
        assertThatThrownBy(() -> decode(coding, cut))
            .as("cut to %s of %s bytes", length, packed.length)
            .isInstanceOf(CodingException.class);
      }
    }
  }

  /** Whether a cut lies right between two members, where the coding may end. */
  private static boolean endsMember(byte[] cut) {
    int first = Packed.gzip(Arrays.copyOf(Packed.content(500, 5), 250)).length;
    return cut.length == first || cut.length == first + Packed.gzip(new byte[0]).length;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void refusesWhatStandsBehindTheEnd(
      String name, ContentCoding coding, UnaryOperator<byte[]> packer) {
    byte[] packed = packer.apply(HELLO);
    for (byte[] more : new byte[][] {{0, 'x'}, {'x'}, {0x1F}, {0x1F, (byte) 0x8B, 7}}) {
      assertThatThrownBy(() -> decode(coding, Packed.joined(packed, more)))
          .isInstanceOf(CodingException.class);
    }
  }

  @Test
  void refusesEachBitThatIsWrongInATrailer() {
    byte[] gzip = Packed.gzip(HELLO);
    byte[] zlib = Packed.zlib(HELLO);

    for (int bit = 0; bit < 8 * 8; bit++) {
      byte[] broken = flipped(gzip, gzip.length - 8, bit);
      assertThatThrownBy(() -> decode(GZIP, broken))
          .isInstanceOf(CodingException.class)
          .hasMessageContaining("RFC 1952");
    }
    for (int bit = 0; bit < 4 * 8; bit++) {
      byte[] broken = flipped(zlib, zlib.length - 4, bit);
      assertThatThrownBy(() -> decode(DEFLATE, broken)).isInstanceOf(CodingException.class);
    }
  }

  @Test
  void refusesEachBitThatIsWrongInAHeaderThatHasAChecksum() {
    byte[] packed = rich(HELLO);
    for (int bit = 0; bit < 31 * 8; bit++) {
      byte[] broken = flipped(packed, 0, bit);

      // A flag that is off hides the rest of the header, which is no packed data then.
      assertThatThrownBy(() -> decode(GZIP, broken)).isInstanceOf(CodingException.class);
    }
  }

  @Test
  void neverGivesOtherContentForAWrongBit() {
    byte[] packed = Packed.gzip(HELLO);
    for (int bit = 0; bit < packed.length * 8; bit++) {
      byte[] content;
      try {
        content = decode(GZIP, flipped(packed, 0, bit));
      } catch (IOException e) {
        continue;
      }
      assertThat(content).isEqualTo(HELLO);
    }
  }

  private static byte[] flipped(byte[] bytes, int from, int bit) {
    byte[] flipped = bytes.clone();
    flipped[from + bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "\u001f", "PK\u0003\u0004", "\u001f\u008b\u0007"})
  void refusesWhatIsNoGzip(String body) {
    assertThatThrownBy(() -> decode(GZIP, body.getBytes(ISO_8859_1)))
        .isInstanceOf(CodingException.class);
  }

  @Test
  void refusesReservedFlags() {
    byte[] packed = Packed.gzip(HELLO);
    packed[3] = 0x20;

    assertThatThrownBy(() -> decode(GZIP, packed))
        .isInstanceOf(CodingException.class)
        .hasMessageContaining("reserved");
  }

  @Test
  void refusesADictionary() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(HELLO);
    deflater.setInput(HELLO);
    deflater.finish();
    byte[] packed = new byte[100];
    int length = deflater.deflate(packed);
    deflater.end();

    assertThatThrownBy(() -> decode(DEFLATE, Arrays.copyOf(packed, length)))
        .isInstanceOf(CodingException.class)
        .hasMessageContaining("dictionary");
  }

  @Test
  void givesTheSameFailureAgain() throws Exception {
    InputStream in = GZIP.decode(new ByteArrayInputStream("no gzip".getBytes(UTF_8)));

    assertThatThrownBy(in::read).isInstanceOf(CodingException.class);
    assertThatThrownBy(in::read).isInstanceOf(CodingException.class);
    in.close();
  }

  @Test
  void passesOnWhatComesBeforeTheFault() throws Exception {
    byte[] content = Packed.content(50_000, 8);
    byte[] packed = Packed.gzip(content);
    packed[packed.length - 1] ^= 1;
    InputStream in = GZIP.decode(new ByteArrayInputStream(packed));

    assertThat(in.readNBytes(content.length)).isEqualTo(content);
    assertThatThrownBy(in::read).isInstanceOf(CodingException.class);
  }

  @Test
  void takesNoMoreThanItNeedsFromTheConnection() throws Exception {
    byte[] packed = Packed.gzip(Packed.content(1 << 20, 9));
    CountedStream counted = new CountedStream(new ByteArrayInputStream(packed));
    InputStream in = GZIP.decode(counted);

    assertThat(counted.count()).isZero();
    assertThat(in.read()).isGreaterThanOrEqualTo(0);
    assertThat(counted.count()).isLessThanOrEqualTo(8 * 1024);
  }

  @Test
  void givesWhatIsThereBeforeItAsksForMore() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    GZIPOutputStream out = new GZIPOutputStream(packed, 512, true);
    out.write(HELLO);
    out.flush();
    InputStream dry = new InputStream() {
      private final InputStream there = new ByteArrayInputStream(packed.toByteArray());

      @Override
      public int read() throws IOException {
        throw new IOException("nothing more is there yet");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = there.read(into, offset, length);
        return read < 0 ? read() : read;
      }
    };

    assertThat(GZIP.decode(dry).readNBytes(HELLO.length)).isEqualTo(HELLO);
  }

  @Test
  void refusesToReadWhenClosed() throws Exception {
    InputStream in = GZIP.decode(new ByteArrayInputStream(Packed.gzip(HELLO)));
    in.read();

    in.close();
    in.close();

    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
  }

  private static byte[] decode(ContentCoding coding, byte[] packed) throws IOException {
    try (InputStream in = coding.decode(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
