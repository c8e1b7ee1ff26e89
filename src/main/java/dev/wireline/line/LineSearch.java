package dev.wireline.line;

import dev.wireline.internal.Unread;

/** Where lines end in what has come, and what is left of a line end that came in two parts. No I/O. */
final class LineSearch {
  static final int NONE = -1;

  private final LineEnds lineEnds;
  private boolean skipLf;

  LineSearch(LineEnds lineEnds) {
    this.lineEnds = lineEnds;
  }

  /** The position of the last byte of a line that is there whole; scanned bytes hold no end. */
  int find(Unread input, int scanned) {
    dropPendingLf(input);
    return switch (lineEnds) {
      case CRLF_OR_LF -> input.indexOf((byte) '\n', scanned);
      case CRLF -> findCrlf(input, scanned);
      case ANY -> findAny(input, scanned);
    };
  }

  private static int findCrlf(Unread input, int scanned) {
    int at = input.indexOf((byte) '\n', scanned);
    while (at == 0 || (at > 0 && input.at(at - 1) != '\r')) {
      at = input.indexOf((byte) '\n', at + 1);
    }
    return at;
  }

  /** In one pass, for two searches would scan all that is buffered for each short line. */
  private static int findAny(Unread input, int scanned) {
    int size = input.size();
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
   * come; the CR that may be half of an end is not counted.
   */
  static int contentLength(Unread input, int end) {
    if (end == NONE) {
      int length = input.size();
      return length > 0 && input.at(length - 1) == '\r' ? length - 1 : length;
    }
    boolean crBefore = input.at(end) == '\n' && end > 0 && input.at(end - 1) == '\r';
    return crBefore ? end - 1 : end;
  }

  /** A bare CR may be the first half of a CRLF that was cut in two: its LF is dropped when it comes. */
  void consume(Unread input, int end) {
    skipLf = input.at(end) == '\r';
    input.skip(end + 1);
  }

  /** Drops the LF of a CRLF that was cut in two, as soon as a byte shows whether it was one. */
  void dropPendingLf(Unread input) {
    if (skipLf && input.size() > 0) {
      skipLf = false;
      if (input.at(0) == '\n') {
        input.skip(1);
      }
    }
  }

  /** Forgets what was seen of a connection that is gone. */
  void forget() {
    skipLf = false;
  }
}
