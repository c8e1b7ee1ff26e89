package dev.wireline.line;

import dev.wireline.internal.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Encodes an outgoing text that ends with a line consisting of a dot: doubles dots and fixes line ends (RFC
 * 5321, section 4.5.2). No I/O of its own.
 */
final class DotStuffing implements Packing {
  private final Gathering out;
  private LinePlace place = LinePlace.START;

  DotStuffing(Gathering out) {
    this.out = out;
  }

  @Override
  public void put(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer view = Octets.view(bytes);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      at = place == LinePlace.AFTER_CR && bytes[at] == '\n'
          ? secondHalf(at)
          : lines(view, bytes, at, end);
    }
  }

  /** Skips the LF of a line end that was written with its CR. */
  private int secondHalf(int at) {
    place = LinePlace.START;
    return at + 1;
  }

  /** Takes lines that are sent as they are in one piece, up to one that is not; returns where the next one starts. */
  private int lines(ByteBuffer view, byte[] bytes, int at, int end) throws IOException {
    if (place != LinePlace.WITHIN && bytes[at] == '.') {
      out.put('.');
    }
    int stop = Octets.lineEnd(view, at, end);
    while (stop + 2 < end
        && bytes[stop] == '\r'
        && bytes[stop + 1] == '\n'
        && bytes[stop + 2] != '.') {
      stop = Octets.lineEnd(view, stop + 2, end);
    }
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
