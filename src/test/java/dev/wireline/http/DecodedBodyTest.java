package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedBodyTest {
  private static final Endpoint PEER = Endpoint.tcp("peer.test", 80);
  private static final byte[] HELLO = "hello hello hello hello".getBytes(UTF_8);
  private static final ContentCodings KNOWN = ContentCodings.STANDARD;

  private boolean closed;

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "X-Gzip", "identity,gzip", "gzip,identity"})
  void decodesGzipByAnyOfItsNames(String coding) throws Exception {
    assertThat(open(Packed.gzip(HELLO), coding).readAllBytes()).isEqualTo(HELLO);
  }

  @Test
  void undoesTwoCodingsFromTheLastToTheFirst() throws Exception {
    byte[] packed = Packed.gzip(Packed.zlib(HELLO));

    assertThat(open(packed, "deflate,gzip").readAllBytes()).isEqualTo(HELLO);
    assertThatThrownBy(() -> open(packed, "gzip,deflate").readAllBytes())
        .isInstanceOf(PeerProtocolException.class);
  }

  @Test
  void leavesABodyAloneThatHasMoreThanTwoCodings() {
    assertThat(KNOWN.toUndo(List.of("gzip", "gzip"))).hasSize(2);
    assertThat(KNOWN.toUndo(List.of("gzip", "gzip", "gzip"))).isNull();
    assertThat(KNOWN.toUndo(List.of("br", "gzip", "gzip"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"br", "compress", "gzip;q=1", "'gzip,br'", "'br,gzip'", "''", "*"})
  void leavesABodyAloneWhoseCodingIsUnknown(String codings) throws Exception {
    assertThat(KNOWN.toUndo(List.of(codings.split(",", -1)))).isNull();
  }

  @Test
  void findsNothingToUndo() throws Exception {
    assertThat(KNOWN.toUndo(List.of())).isEmpty();
    assertThat(KNOWN.toUndo(List.of("identity", "Identity", "identity"))).isEmpty();
    assertThat(open(HELLO, "identity").readAllBytes()).isEqualTo(HELLO);
  }

  @Test
  void offersACodingOfTheUserFirst() throws Exception {
    ContentCodings more = KNOWN.with(coding("br", false));

    assertThat(KNOWN.accepted()).isEqualTo("gzip, deflate");
    assertThat(more.accepted()).isEqualTo("br, gzip, deflate");
    assertThat(more.toUndo(List.of("br", "gzip"))).hasSize(2);
    assertThat(KNOWN.with(coding("gzip", false)).accepted()).isEqualTo("gzip, deflate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BR", "b r", "br,gzip", "identity", "*", "br\r\n", "b\u00e9"})
  void refusesACodingWithoutAName(String name) {
    assertThatThrownBy(() -> KNOWN.with(coding(name, false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stopsABombByItsRatio() {
    byte[] bomb = Packed.gzip(new byte[10 << 20]);
    Gulp gulp = new Gulp();

    LimitExceededException e =
        catchThrowableOfType(LimitExceededException.class, () -> gulp.all(open(bomb, "gzip")));

    assertThat(e.limit()).isEqualTo("maxDecodedRatio");
    assertThat(e.max()).isEqualTo(200);
    assertThat(e.phase()).isEqualTo(Phase.BODY);
    assertThat(e.endpoint()).isEqualTo(PEER);
    assertThat(gulp.count).isLessThan(3 << 20);
    assertThat(closed).isTrue();
  }

  @Test
  void stopsABombOfDeflateToo() {
    assertThatThrownBy(() -> open(Packed.raw(new byte[10 << 20]), "deflate").readAllBytes())
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void stopsABombInABombAtItsFirstLayer() {
    byte[] bomb = Packed.gzip(Packed.gzip(new byte[64 << 20]));
    Gulp gulp = new Gulp();

    assertThatThrownBy(() -> gulp.all(open(bomb, "gzip,gzip")))
        .isInstanceOf(LimitExceededException.class);
    assertThat(gulp.count).isLessThanOrEqualTo(2 << 20);
  }

  @Test
  void stopsABombWhoseInnerLayerComesToNothing() {
    byte[] nothing = Packed.gzip(new byte[0]);
    byte[] members = new byte[200_000 * nothing.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = nothing[i % nothing.length];
    }
    Gulp gulp = new Gulp();

    assertThatThrownBy(() -> gulp.all(open(Packed.gzip(members), "gzip,gzip")))
        .isInstanceOf(LimitExceededException.class);
    assertThat(gulp.count).isZero();
  }

  @Test
  void stopsAtTheBoundInBytes() throws Exception {
    byte[] content = Packed.content(100_000, 1);
    byte[] packed = Packed.gzip(content);

    assertThat(open(packed, new DecodedLimits(100_000, 200)).readAllBytes()).isEqualTo(content);
    assertThatThrownBy(() -> open(packed, new DecodedLimits(99_999, 200)).readAllBytes())
        .isInstanceOfSatisfying(LimitExceededException.class, e -> {
          assertThat(e.limit()).isEqualTo("maxDecodedBytes");
          assertThat(e.max()).isEqualTo(99_999);
        });
  }

  @Test
  void letsThroughWhatIsSmallHoweverWellItPacks() throws Exception {
    byte[] zeros = new byte[DecodedLimits.FREE_BYTES];

    assertThat(open(Packed.gzip(zeros), "gzip").readAllBytes()).isEqualTo(zeros);
  }

  @Test
  void allowsTheRatioItselfAndNoByteMore() {
    DecodedLimits limits = new DecodedLimits(Long.MAX_VALUE, 200);

    assertThat(limits.allowsRatio(2_000_000, 10_000)).isTrue();
    assertThat(limits.allowsRatio(2_000_001, 10_000)).isFalse();
    assertThat(limits.allowsRatio(DecodedLimits.FREE_BYTES, 0)).isTrue();
    assertThat(limits.allowsRatio(DecodedLimits.FREE_BYTES + 1, 0)).isFalse();
    assertThat(limits.allowsRatio(Long.MAX_VALUE, Long.MAX_VALUE / 200)).isFalse();
    assertThat(limits.allowsRatio(Long.MAX_VALUE, Long.MAX_VALUE / 200 + 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "-1, 200", "1, 0", "1, -1"})
  void refusesLimitsThatAreNone(long maxBytes, int maxRatio) {
    assertThatThrownBy(() -> new DecodedLimits(maxBytes, maxRatio))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesAWrongBodyToItsPeerAndKeepsTheFailure() throws Exception {
    InputStream body = open("no gzip".getBytes(UTF_8), "gzip");

    PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, body::read);

    assertThat(e.rule()).contains("RFC 1952");
    assertThat(e.endpoint()).isEqualTo(PEER);
    assertThat(closed).isTrue();
    assertThatThrownBy(body::read).isSameAs(e);
  }

  @Test
  void passesOnAFailureOfTheConnectionAsItIs() {
    IOException cut =
        new ConnectionClosedException(PEER, BodyStream.BODY, "cut", new byte[0], null);
    byte[] packed = Packed.gzip(HELLO);

    for (boolean wraps : new boolean[] {false, true}) {
      ContentCodings known = KNOWN.with(coding("gzip", wraps));
      InputStream body = new Failing(new ByteArrayInputStream(packed, 0, 12), cut);

      assertThatThrownBy(() -> open(known, body, "gzip", DecodedLimits.STANDARD).readAllBytes())
          .isSameAs(cut);
    }
  }

  @Test
  void namesTheFailureOfAForeignDecoder() {
    ContentCodings known = KNOWN.with(coding("br", false));
    InputStream body = new ByteArrayInputStream("none".getBytes(UTF_8));

    assertThatThrownBy(() -> open(known, body, "br", DecodedLimits.STANDARD).read())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("RFC 9110 section 8.4")
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(ZipException.class));
  }

  @Test
  void passesOnAMistakeOfAForeignDecoder() throws Exception {
    ContentCodings known = KNOWN.with(new ContentCoding() {
      @Override
      public String name() {
        return "br";
      }

      @Override
      public InputStream decode(InputStream encoded) {
        throw new IllegalStateException("its own fault");
      }
    });
    InputStream body =
        open(known, new Watch(new ByteArrayInputStream(HELLO)), "br", DecodedLimits.STANDARD);

    assertThatThrownBy(body::read).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    assertThat(closed).isTrue();
  }

  @Test
  void refusesWhatAForeignDecoderLeavesUnread() {
    ContentCodings known = KNOWN.with(new ContentCoding() {
      @Override
      public String name() {
        return "first-byte";
      }

      @Override
      public InputStream decode(InputStream encoded) throws IOException {
        return new ByteArrayInputStream(encoded.readNBytes(1));
      }
    });

    assertThatThrownBy(
            () -> open(known, new ByteArrayInputStream(HELLO), "first-byte", DecodedLimits.STANDARD)
                .readAllBytes())
        .isInstanceOf(PeerProtocolException.class);
  }

  @Test
  void readsNothingBeforeItIsRead() throws Exception {
    CountedStream counted = new CountedStream(new ByteArrayInputStream(Packed.gzip(HELLO)));

    InputStream body = open(KNOWN, counted, "gzip", DecodedLimits.STANDARD);

    assertThat(counted.count()).isZero();
    assertThat(body.readAllBytes()).isEqualTo(HELLO);
  }

  @Test
  void readsTheBodyBelowToItsEnd() throws Exception {
    for (String coding : List.of("gzip", "deflate")) {
      byte[] packed = coding.equals("gzip") ? Packed.gzip(HELLO) : Packed.zlib(HELLO);
      Watch watch = new Watch(new ByteArrayInputStream(packed));

      open(KNOWN, watch, coding, DecodedLimits.STANDARD).readAllBytes();

      assertThat(watch.ended).isTrue();
    }
  }

  @Test
  void saysThatItWasClosed() throws Exception {
    InputStream body = open(Packed.gzip(HELLO), "gzip");
    body.read();

    body.close();

    assertThat(closed).isTrue();
    assertThatThrownBy(body::read).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void staysAtItsEndWhenClosed() throws Exception {
    InputStream body = open(Packed.gzip(HELLO), "gzip");
    body.readAllBytes();

    body.close();

    assertThat(body.read()).isEqualTo(-1);
  }

  private InputStream open(byte[] packed, String codings) {
    Watch watch = new Watch(new ByteArrayInputStream(packed));
    return open(KNOWN, watch, codings, DecodedLimits.STANDARD);
  }

  private InputStream open(byte[] packed, DecodedLimits limits) {
    return open(KNOWN, new Watch(new ByteArrayInputStream(packed)), "gzip", limits);
  }

  private static InputStream open(
      ContentCodings known, InputStream body, String codings, DecodedLimits limits) {
    List<ContentCoding> chain = known.toUndo(List.of(codings.split(",", -1)));

    assertThat(chain).isNotNull();
    return new DecodedBody(body, true, chain == null ? List.of() : chain, PEER, limits);
  }

  /** A decoder of gzip that somebody else wrote. */
  private static ContentCoding coding(String name, boolean wraps) {
    return new ContentCoding() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public InputStream decode(InputStream encoded) throws IOException {
        try {
          return new GZIPInputStream(encoded);
        } catch (IOException e) {
          throw wraps ? new IOException("the decoder met a failure", e) : e;
        }
      }
    };
  }

  /** Reads all and keeps nothing. */
  private static final class Gulp {
    long count;

    void all(InputStream in) throws IOException {
      byte[] buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count += read;
      }
    }
  }

  /** A body that tells whether it was read to its end, and whether it was given up. */
  private final class Watch extends FilterInputStream {
    boolean ended;

    Watch(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }

  /** A body whose connection fails where the bytes end. */
  private static final class Failing extends FilterInputStream {
    private final IOException failure;

    Failing(InputStream in, IOException failure) {
      super(in);
      this.failure = failure;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read < 0) {
        throw failure;
      }
      return read;
    }
  }
}
