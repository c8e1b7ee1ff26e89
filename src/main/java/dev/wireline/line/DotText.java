package dev.wireline.line;

import dev.wireline.internal.Unread;

/**
 * A received text that ends with a line consisting of a dot, without the dots that were added for the wire (RFC
 * 5321, section 4.5.2). No I/O.
 *
 * <p>Everything between two dots at the start of a line is one run of content, however many lines it has; so
 * one search finds it, and it is copied in one piece.
 */
final class DotText extends Framing {
  private final boolean bareLf;

  /** How many of the next bytes are content, with no dot at the start of a line among them. */
  private int run;

  /** How many bytes there were when the run was found. */
  private int seen;

  private LinePlace place = LinePlace.START;
  private boolean ended;

  DotText(Unread input, boolean bareLf) {
    super(input);
    this.bareLf = bareLf;
  }

  @Override
  boolean look() {
    if (ended) {
      return true;
    }
    if (run > 0) {
      grow();
      return true;
    }
    return input.buffered() > 0
        && (place != LinePlace.START || input.at(0) != '.' || isPastDot())
        && findRun();
  }

  private boolean findRun() {
    if (!ended) {
      run = runFrom(0);
    }
    return true;
  }

  /** Extends a run that took everything there was into what has come since. */
  private void grow() {
    if (run == seen && input.buffered() > seen) {
      run = runFrom(run - 1);
    }
  }

  /** Skips the dot of a line, or the end of the text; false if more bytes are needed to tell which it is. */
  private boolean isPastDot() {
    if (input.buffered() < 2) {
      return false;
    }
    if (bareLf && input.at(1) == '\n') {
      end(2);
      return true;
    }
    if (input.at(1) == '\r') {
      if (input.buffered() < 3) {
        return false;
      }
      if (input.at(2) == '\n') {
        end(3);
        return true;
      }
    }
    input.consume(1);
    place = LinePlace.WITHIN;
    return true;
  }

  private void end(int length) {
    input.consume(length);
    ended = true;
  }

  /** The run up to the next dot that begins a line. */
  private int runFrom(int from) {
    seen = input.buffered();
    int at = input.indexOf((byte) '\n', (byte) '.', from);
    while (at >= 0 && !endsLine(at)) {
      at = input.indexOf((byte) '\n', (byte) '.', at + 1);
    }
    return at < 0 ? seen : at + 1;
  }

  /** Whether the LF there is the end of a line. */
  private boolean endsLine(int at) {
    return bareLf || (at == 0 ? place == LinePlace.AFTER_CR : input.at(at - 1) == '\r');
  }

  @Override
  public int buffered() {
    return run;
  }

  @Override
  public void consume(int some) {
    if (some > 0) {
      byte last = at(some - 1);
      if (last == '\n') {
        place = endsLine(some - 1) ? LinePlace.START : LinePlace.WITHIN;
      } else {
        place = last == '\r' ? LinePlace.AFTER_CR : LinePlace.WITHIN;
      }
      super.consume(some);
      run -= some;
      seen -= some;
    }
  }

  @Override
  boolean isEnded() {
    return ended;
  }

  @Override
  boolean isLast() {
    return ended;
  }

  @Override
  long room() {
    return 0;
  }

  @Override
  int lineEnd(int scanned) {
    int at = indexOf((byte) '\n', scanned);
    while (at >= 0 && !endsLine(at)) {
      at = indexOf((byte) '\n', at + 1);
    }
    return at;
  }

  @Override
  int lineLength(int end) {
    int length = end == NONE ? run : end;
    return length > 0 && at(length - 1) == '\r' ? length - 1 : length;
  }

  @Override
  void skipLine(int end) {
    consume(end + 1);
  }

  @Override
  String cut() {
    return "the peer hung up before the end of the text, after " + count() + " bytes";
  }

  @Override
  String whole() {
    return "a text of " + count() + " bytes";
  }
}
