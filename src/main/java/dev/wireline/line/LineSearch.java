package dev.wireline.line;

import dev.wireline.internal.Unread;

/** Finds line ends in what has come, including one that came in two parts. No I/O. */
final class LineSearch {
  static final int NONE = -1;

  private final boolean any;

  /** Whether a CR before the end belongs to the end. */
  private final boolean crOrNot;

  private final byte first;
  private final byte last;
  private final int endLength;
  private boolean skipLf;

  LineSearch(LineEnds lineEnds) {
    byte[] end = lineEnds.bytes();
    this.any = lineEnds.equals(LineEnds.ANY);
    this.crOrNot = any || lineEnds.equals(LineEnds.CRLF_OR_LF);
    this.endLength = end.length;
    this.first = end[0];
    this.last = end[end.length - 1];
  }

  /** The position of the last byte of a complete line; scanned bytes hold no end. */
  int find(Unread input, int scanned) {
    dropPendingLf(input);
    if (any) {
      return findAny(input, scanned);
    }
    return endLength == 1 ? input.indexOf(last, scanned) : findPair(input, scanned);
  }

  private int findPair(Unread input, int scanned) {
    // The last of the scanned bytes may be the first half of an end.
    int at = input.indexOf(first, last, Math.min(Math.max(0, scanned - 1), input.buffered()));
    return at == NONE ? NONE : at + 1;
  }

  /** In one pass, since two searches would scan everything buffered for each short line. */
  private static int findAny(Unread input, int scanned) {
    int size = input.buffered();
    for (int at = scanned; at < size; at++) {
      byte octet = input.at(at);
      if (octet == '\n') {
        return at;
      }
      if (octet == '\r') {
        return at + 1 < size && input.at(at + 1) == '\n' ? at + 1 : at;
      }
    }
    return NONE;
  }

  /**
   * The length of a line without its end, whose last byte is at {@code end}, or of the part of one that has
   * come; the byte that may be half of an end is not counted.
   */
  int contentLength(Unread input, int end) {
    if (end == NONE) {
      int length = input.buffered();
      return length > 0 && mayBeHalf(input.at(length - 1)) ? length - 1 : length;
    }
    if (!crOrNot) {
      return end + 1 - endLength;
    }
    boolean crBefore = input.at(end) == '\n' && end > 0 && input.at(end - 1) == '\r';
    return crBefore ? end - 1 : end;
  }

  private boolean mayBeHalf(byte octet) {
    return crOrNot ? octet == '\r' : endLength > 1 && octet == first;
  }

  /** A bare CR may be the first half of a CRLF that was cut in two: its LF is dropped when it comes. */
  void consume(Unread input, int end) {
    skipLf = any && input.at(end) == '\r';
    input.consume(end + 1);
  }

  /** Drops the LF of a CRLF that was cut in two, as soon as a byte shows whether it was one. */
  void dropPendingLf(Unread input) {
    if (skipLf && input.buffered() > 0) {
      skipLf = false;
      if (input.at(0) == '\n') {
        input.consume(1);
      }
    }
  }

  /** Forgets what was seen of a connection that is gone. */
  void forget() {
    skipLf = false;
  }
}
