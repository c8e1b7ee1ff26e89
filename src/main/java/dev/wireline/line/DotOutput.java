package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text that goes out and ends in a line with a dot alone; {@link DotBlocks#write()} gives it.
 *
 * <p>Every line that starts with a dot gets one more, the first line too. Every line ends in CRLF on the
 * wire: a bare CR and a bare LF become CRLF, since what one server takes for a part of a line is the end
 * of a message for another. All other bytes leave as they are. The text's last line gets its CRLF where
 * it has none, and then comes the line with the dot.
 *
 * <p>{@link #close()} ends the text, and the peer then takes it for whole. <b>So does the end of a
 * try-with-resources block that an exception leaves:</b> call {@link #abort()} there, or write with {@link
 * DotBlocks#write(DotBlocks.Content)}, which does. Not thread-safe.
 */
public final class DotOutput extends OutputStream {
  static final Activity TEXT = new Activity(Phase.WRITE, "writing a text to");

  /** What is gathered before it leaves. */
  private static final int PIECE_BYTES = 16 * 1024;

  /** Every byte's lowest and highest bit, for the search of eight bytes at a time. */
  private static final long LOW = 0x0101010101010101L;

  private static final long HIGH = 0x8080808080808080L;

  private final LineWriter writer;
  private final Wire wire;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int size;
  private long length;
  private LinePlace place = LinePlace.START;
  private boolean done;

  /** What a write ended by half way: a part of the text is missing from then on. */
  private @Nullable Throwable left;

  DotOutput(LineWriter writer, Wire wire) {
    this.writer = writer;
    this.wire = wire;
  }

  /**
   * Writes a part of the text. Parts may be cut anywhere, also within a CRLF. They are gathered and leave
   * 16 KiB at a time; each such write ends as {@link LineClient#writeLine(String)}.
   *
   * @param bytes where they are
   * @param offset the first of them
   * @param length how many
   * @throws IllegalStateException when the text was closed or given up, or another thread writes
   * @throws IOException as {@link LineClient#writeLine(String)}; the client is BROKEN, and the text is
   *     given up
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.requireNonNull(bytes, "bytes");
    Objects.checkFromIndexSize(offset, length, bytes.length);
    checkThere();
    try {
      take(bytes, offset, length);
    } catch (Throwable e) {
      left = e;
      abort(e);
      throw e;
    }
  }

  private void take(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      at = place == LinePlace.AFTER_CR && bytes[at] == '\n'
          ? secondHalf(at)
          : line(view, bytes, at, end);
    }
  }

  /**
   * Writes one byte of the text.
   *
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * Writes a line of the text and its end.
   *
   * @param line the line without its end, in the charset of the client; may be empty
   * @throws IllegalArgumentException when it holds CR, LF or NUL, or a character that the charset does not
   *     know; nothing of it was written
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  public void writeLine(String line) throws IOException {
    Objects.requireNonNull(line, "line");
    LineBytes encoded = LineBytes.ofText(writer.charset());
    encoded.line(line);
    write(encoded.array(), 0, encoded.size());
  }

  /** The LF of a line end that was written with its CR. */
  private int secondHalf(int at) {
    place = LinePlace.START;
    return at + 1;
  }

  /** Takes a line or what there is of it; where the next one starts. */
  private int line(ByteBuffer view, byte[] bytes, int at, int end) throws IOException {
    if (place != LinePlace.WITHIN && bytes[at] == '.') {
      put('.');
    }
    int stop = lineEnd(view, bytes, at, end);
    if (stop == end) {
      putAll(bytes, at, end);
      place = LinePlace.WITHIN;
      return end;
    }
    boolean crlf = bytes[stop] == '\r' && stop + 1 < end && bytes[stop + 1] == '\n';
    putAll(bytes, at, crlf ? stop + 2 : stop);
    if (crlf) {
      place = LinePlace.START;
      return stop + 2;
    }
    endLine();
    place = bytes[stop] == '\r' ? LinePlace.AFTER_CR : LinePlace.START;
    return stop + 1;
  }

  /** The position of the first CR or LF, or the end. */
  private static int lineEnd(ByteBuffer view, byte[] bytes, int from, int end) {
    int at = from;
    for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
      long octets = view.getLong(at);
      // Of each mask the lowest bit is exact, and so the lowest of both is.
      long found = zeros(octets ^ ('\r' * LOW)) | zeros(octets ^ ('\n' * LOW));
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < end && bytes[at] != '\r' && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static long zeros(long octets) {
    return (octets - LOW) & ~octets & HIGH;
  }

  private void endLine() throws IOException {
    put('\r');
    put('\n');
  }

  private void put(char c) throws IOException {
    if (size == PIECE_BYTES) {
      send();
    }
    piece[size++] = (byte) c;
  }

  private void putAll(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      if (size == PIECE_BYTES) {
        send();
      }
      int some = Math.min(to - at, PIECE_BYTES - size);
      System.arraycopy(bytes, at, piece, size, some);
      size += some;
      at += some;
    }
  }

  /** Sends what is gathered. A failure gives the text up, and with it goes its end. */
  private void send() throws IOException {
    try {
      writer.block(wire, piece, size);
      length += size;
      size = 0;
    } catch (Throwable e) {
      left = e;
      abort(e);
      throw e;
    }
  }

  private void giveBack() {
    done = true;
    writer.takeBack(this);
  }

  private void checkThere() {
    endLeft();
    if (done) {
      throw new IllegalStateException("this text was ended or given up");
    }
  }

  /**
   * Sends what was gathered.
   *
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  @Override
  public void flush() throws IOException {
    endLeft();
    if (!done && size > 0) {
      send();
    }
  }

  /**
   * Ends the text: its last line, the line with the dot, and all leaves. The client can write again.
   * Does nothing when the text was ended or given up.
   *
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  @Override
  public void close() throws IOException {
    endLeft();
    if (done) {
      return;
    }
    try {
      end();
    } catch (Throwable e) {
      left = e;
      abort(e);
      throw e;
    }
    writer.wrote(length);
  }

  private void end() throws IOException {
    if (place == LinePlace.WITHIN) {
      endLine();
    }
    put('.');
    endLine();
    send();
    giveBack();
  }

  /** Gives a text up of which a part was lost, where there was no room for it before. */
  private void endLeft() {
    Throwable halfWay = left;
    if (halfWay != null) {
      abort(halfWay);
    }
  }

  /**
   * Gives the text up: closes the connection before its end, so that the peer does not take it for
   * whole. The client is BROKEN. Does nothing when the text was ended or given up.
   */
  public void abort() {
    abort(null);
  }

  void abort(@Nullable Throwable why) {
    if (!done) {
      wire.fail(
          new ClientClosedException(wire.endpoint(), TEXT, "the text was given up half way", why));
      giveBack();
    }
  }
}
