package dev.wireline.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Encodes an outgoing text that ends with a line consisting of a dot: doubles dots and fixes line ends (RFC
 * 5321, section 4.5.2). No I/O of its own.
 */
final class DotStuffing implements Packing {
  /** Every byte's lowest and highest bit, to search eight bytes at a time. */
  private static final long LOW = 0x0101010101010101L;

  private static final long HIGH = 0x8080808080808080L;

  private final Gathering out;
  private LinePlace place = LinePlace.START;

  DotStuffing(Gathering out) {
    this.out = out;
  }

  @Override
  public void put(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      at = place == LinePlace.AFTER_CR && bytes[at] == '\n'
          ? secondHalf(at)
          : line(view, bytes, at, end);
    }
  }

  /** Skips the LF of a line end that was written with its CR. */
  private int secondHalf(int at) {
    place = LinePlace.START;
    return at + 1;
  }

  /** Takes a line, or what there is of it; returns where the next one starts. */
  private int line(ByteBuffer view, byte[] bytes, int at, int end) throws IOException {
    if (place != LinePlace.WITHIN && bytes[at] == '.') {
      out.put('.');
    }
    int stop = lineEnd(view, bytes, at, end);
    if (stop == end) {
      out.putAll(bytes, at, end);
      place = LinePlace.WITHIN;
      return end;
    }
    boolean crlf = bytes[stop] == '\r' && stop + 1 < end && bytes[stop + 1] == '\n';
    out.putAll(bytes, at, crlf ? stop + 2 : stop);
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
      // The lowest bit of each mask is exact, and so is the lowest of both.
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
    out.put('\r');
    out.put('\n');
  }

  @Override
  public void end() throws IOException {
    if (place == LinePlace.WITHIN) {
      endLine();
    }
    out.put('.');
    endLine();
  }

  @Override
  public int held() {
    return 0;
  }

  @Override
  public String whole(long sent) {
    return "a text of " + sent + " bytes";
  }
}
