package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TooLargeException;
import dev.wireline.internal.Unread;
import java.text.ParseException;
import java.util.Arrays;

/**
 * The chunked coding, as a state machine that is fed the framing and told about the data (RFC 9112, section
 * 7.1). Not thread-safe.
 *
 * <p>The caller feeds it bytes one by one while {@link #dataLength} is 0, takes up to that many bytes of data
 * itself, reports them with {@link #consumed}, and goes on until {@link #isDone}. No byte of data passes
 * through here.
 *
 * <p><b>Strict:</b> every line ends with CRLF, even in the trailers; a size is 1 to 16 hexadecimal digits with
 * nothing before them, and at most 2<sup>63</sup> - 1. Two readers that differ in any of these see different
 * messages in the same bytes. <b>Lenient:</b> spaces may follow a size, since old servers pad it and no reader
 * takes them for anything else. Extensions are skipped, as section 7.1.1 asks.
 *
 * <p>Limits: a size line has at most {@value #MAX_LINE_BYTES} bytes; all extensions together have at most
 * {@value #FREE_EXTENSION_BYTES} bytes plus one for each byte of data before them. The rest of the framing is
 * at most 20 bytes per chunk, and a chunk has at least one byte of data.
 */
public final class ChunkedDecoder {
  /** The largest size line in bytes, extensions included, CRLF not. */
  static final int MAX_LINE_BYTES = 4096;

  /** How many bytes of extensions are free; beyond, each costs a byte of data. */
  static final int FREE_EXTENSION_BYTES = 16384;

  private static final int MAX_DIGITS = 16;

  private enum State {
    SIZE,
    BLANK_BEFORE_EXTENSION,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    LAST_LF,
    DONE
  }

  private final int maxTrailerBytes;
  private final int maxTrailers;

  private State state = State.SIZE;
  private long size;
  private int lineBytes;
  private long dataLength;
  private long dataBytes;
  private long extensionBytes;
  private byte[] trailer = {};
  private int trailerLength;
  private Headers trailers = Headers.empty();

  /**
   * A decoder for one body.
   *
   * @param maxTrailerBytes how many bytes the trailer lines may have with their CRLF, 0 or more
   * @param maxTrailers how many trailer fields are taken, 0 or more
   */
  public ChunkedDecoder(int maxTrailerBytes, int maxTrailers) {
    this.maxTrailerBytes = maxTrailerBytes;
    this.maxTrailers = maxTrailers;
  }

  /**
   * How many bytes of data come next.
   *
   * @return 0 while framing comes next, and when everything is done
   */
  public long dataLength() {
    return dataLength;
  }

  /**
   * Whether the body and its trailers have been read to the end.
   *
   * @return true if it must be fed no more
   */
  public boolean isDone() {
    return state == State.DONE;
  }

  /**
   * The trailers, which are never merged into the headers (section 7.1.2).
   *
   * @return the fields after the last chunk
   * @throws IllegalStateException if the body is not done
   */
  public Headers trailers() {
    if (state != State.DONE) {
      throw new IllegalStateException("the trailers come after the last chunk");
    }
    return trailers;
  }

  /**
   * Reports that bytes of data were taken.
   *
   * @param n how many
   * @throws IllegalArgumentException if {@code n} is negative or more than {@link #dataLength}
   */
  public void consumed(long n) {
    if (n < 0 || n > dataLength) {
      throw new IllegalArgumentException(n + " bytes taken of " + dataLength);
    }
    dataLength -= n;
    dataBytes += n;
    if (dataLength == 0 && state == State.DATA) {
      state = State.DATA_CR;
    }
  }

  /**
   * Takes framing until data comes next, the body is done, or there are no more bytes.
   *
   * @param bytes where the framing is; none of them is consumed
   * @param from the position of its next byte
   * @return how many bytes were taken
   * @throws ParseException as {@link #feed(byte)}
   */
  public int feed(Unread bytes, int from) throws ParseException {
    int next = from;
    int end = bytes.buffered();
    while (next < end && dataLength == 0 && state != State.DONE) {
      feed(bytes.at(next++));
    }
    return next - from;
  }

  /**
   * Takes one byte of framing.
   *
   * @param b the byte
   * @throws ParseException if the framing is broken ({@link MalformedException}) or a bound is passed ({@link
   *     TooLargeException}); the decoder is then unusable
   * @throws IllegalStateException if data comes next, or the body is done
   */
  public void feed(byte b) throws ParseException {
    switch (state) {
      case SIZE -> size(b);
      case BLANK_BEFORE_EXTENSION -> blankBeforeExtension(b);
      case EXTENSION -> extension(b);
      case SIZE_LF -> endOfSizeLine(b);
      case DATA_CR -> expect('\r', b, State.DATA_LF);
      case DATA_LF -> expect('\n', b, State.SIZE);
      case TRAILER_START, TRAILER -> trailer(b);
      case TRAILER_LF -> endOfTrailerLine(b);
      case LAST_LF -> end(b);
      case DATA -> throw new IllegalStateException(dataLength + " bytes of data come next");
      case DONE -> throw new IllegalStateException("the body is done");
    }
  }

  private void size(byte b) throws MalformedException {
    int digit = Ascii.hexDigit(b);
    if (digit >= 0) {
      if (lineBytes == MAX_DIGITS || size > Long.MAX_VALUE >> 4) {
        throw broken("a chunk size has 16 digits at most and fits 63 bits", b);
      }
      size = size << 4 | digit;
      lineBytes++;
    } else if (lineBytes > 0 && b == '\r') {
      state = State.SIZE_LF;
    } else if (lineBytes > 0 && (b == ';' || b == ' ' || b == '\t')) {
      state = b == ';' ? State.EXTENSION : State.BLANK_BEFORE_EXTENSION;
      lineBytes++;
    } else {
      throw broken("a chunk starts with its size in hexadecimal digits alone", b);
    }
  }

  private void blankBeforeExtension(byte b) throws MalformedException, TooLargeException {
    if (b == '\r') {
      state = State.SIZE_LF;
      return;
    }
    if (b == ';') {
      state = State.EXTENSION;
    } else if (b != ' ' && b != '\t') {
      throw broken("blanks after a chunk size stand before an extension or the line end only", b);
    }
    countExtension();
  }

  private void extension(byte b) throws MalformedException, TooLargeException {
    if (b == '\r') {
      state = State.SIZE_LF;
    } else if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7F) {
      throw broken("a chunk extension has no control character", b);
    } else {
      countExtension();
    }
  }

  private void countExtension() throws TooLargeException {
    if (++lineBytes > MAX_LINE_BYTES) {
      throw new TooLargeException("maxChunkLineBytes", MAX_LINE_BYTES);
    }
    if (++extensionBytes > FREE_EXTENSION_BYTES + dataBytes) {
      throw new TooLargeException("maxChunkExtensionBytes", FREE_EXTENSION_BYTES + dataBytes);
    }
  }

  private void endOfSizeLine(byte b) throws MalformedException {
    expect('\n', b, size == 0 ? State.TRAILER_START : State.DATA);
    dataLength = size;
    size = 0;
    lineBytes = 0;
  }

  private void trailer(byte b) throws MalformedException, TooLargeException {
    if (b == '\r') {
      state = state == State.TRAILER_START ? State.LAST_LF : State.TRAILER_LF;
    } else if (b == '\n') {
      throw broken("a line of the chunked coding ends with CRLF", b);
    } else {
      state = State.TRAILER;
      keep(b);
    }
  }

  private void endOfTrailerLine(byte b) throws MalformedException, TooLargeException {
    expect('\n', b, State.TRAILER_START);
    keep((byte) '\r');
    keep((byte) '\n');
  }

  private void keep(byte b) throws TooLargeException {
    if (trailerLength == maxTrailerBytes) {
      throw new TooLargeException("maxTrailerBytes", maxTrailerBytes);
    }
    store(b);
  }

  private void store(byte b) {
    if (trailerLength == trailer.length) {
      trailer = Arrays.copyOf(trailer, Math.max(128, 2 * trailerLength));
    }
    trailer[trailerLength++] = b;
  }

  private void end(byte b) throws ParseException {
    expect('\n', b, State.LAST_LF);
    if (trailerLength > 0) {
      store((byte) '\r');
      store((byte) '\n');
      trailers = Headers.parse(trailer, 0, trailerLength, maxTrailers);
    }
    state = State.DONE;
  }

  private void expect(char wanted, byte b, State next) throws MalformedException {
    if (b != wanted) {
      throw broken("a line of the chunked coding ends with CRLF, and so does its data", b);
    }
    state = next;
  }

  private static MalformedException broken(String rule, byte b) {
    return new MalformedException(rule + " (RFC 9112, section 7.1)", Quoted.bytes(new byte[] {b}));
  }
}
