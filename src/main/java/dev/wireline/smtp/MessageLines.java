package dev.wireline.smtp;

import dev.wireline.internal.Octets;
import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A message as it is sent: every line, even the last, ends in CRLF, whatever ended it before. Finds out on the
 * way how long it is and what its bytes require. Not thread-safe.
 */
final class MessageLines extends PieceStream {
  private static final int PIECE_BYTES = 8 * 1024;

  private final InputStream in;
  private final int maxLine;
  private final boolean takesEightBit;
  private final byte[] piece = new byte[PIECE_BYTES];
  private final ByteBuffer view = Octets.view(piece);
  private int at;
  private int limit;
  private boolean afterCr;
  private boolean owesLf;
  private long line;
  private boolean inHeader = true;
  private boolean eightBit;
  private boolean eightBitHeader;

  MessageLines(InputStream in, int maxLine, boolean takesEightBit) {
    this.in = in;
    this.maxLine = maxLine;
    this.takesEightBit = takesEightBit;
  }

  boolean hasEightBit() {
    return eightBit;
  }

  /** Whether there are such bytes in the header too, up to the first empty line. */
  boolean hasEightBitHeader() {
    return eightBitHeader;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    int end = offset + length;
    int to = offset;
    // What is there is sent before waiting for more.
    while (to < end && (owesLf || at < limit || (to == offset && fill()))) {
      to = owesLf ? secondHalf(into, to) : lines(into, to, end);
    }
    return to == offset && length > 0 ? -1 : to - offset;
  }

  private int secondHalf(byte[] into, int to) {
    owesLf = false;
    into[to] = '\n';
    return to + 1;
  }

  /** Takes lines that are sent as they are in one piece, up to one that is not. */
  private int lines(byte[] into, int to, int end) throws IOException {
    if (afterCr && piece[at] == '\n') {
      at++;
    }
    afterCr = false;
    int last = Math.min(limit, at + end - to);
    int stop = textEnd(at, last);
    while (stop + 1 < last && piece[stop] == '\r' && piece[stop + 1] == '\n') {
      endLine();
      stop = textEnd(stop + 2, last);
    }
    look(at, stop);
    int some = stop - at;
    System.arraycopy(piece, at, into, to, some);
    at = stop;
    return stop < last ? firstHalf(into, to + some) : to + some;
  }

  /** Writes CRLF for a bare CR or LF, or for a CRLF that was cut in two. */
  private int firstHalf(byte[] into, int to) {
    endLine();
    afterCr = piece[at] == '\r';
    at++;
    owesLf = true;
    into[to] = '\r';
    return to + 1;
  }

  private void endLine() {
    inHeader &= line > 0;
    line = 0;
  }

  private int textEnd(int from, int last) throws IOException {
    int stop = Octets.lineEnd(view, from, last);
    line += stop - from;
    if (line > maxLine) {
      throw new LongLineException(maxLine);
    }
    if (inHeader) {
      look(from, stop);
    }
    return stop;
  }

  private void look(int from, int stop) throws IOException {
    if (!Octets.areAscii(view, from, stop)) {
      eightBit = true;
      eightBitHeader |= inHeader;
      if (!takesEightBit) {
        throw new IOException(
            "the message has bytes above 127, and the server does not offer 8BITMIME");
      }
    }
  }

  /** Reads a piece; false at the end, before which the last line gets one of its own. */
  private boolean fill() throws IOException {
    at = 0;
    limit = Math.max(0, in.read(piece, 0, PIECE_BYTES));
    if (limit == 0 && line > 0) {
      piece[0] = '\n';
      limit = 1;
    }
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line that is too long to be sent. */
  static final class LongLineException extends IOException {
    private static final long serialVersionUID = 1;

    LongLineException(int max) {
      super("the message has a line of more than maxTextLineBytes (" + max + ") bytes");
    }
  }
}
