package dev.wireline.line;

import dev.wireline.internal.Unread;

/** Content that is on the wire as it is: a number of bytes, or all to the end of the input. No I/O. */
final class PlainBytes extends Framing {
  static final long TO_THE_END = -1;

  private final long length;
  private final LineSearch lines;
  private boolean inputEnded;

  PlainBytes(Unread input, long length, LineEnds lineEnds) {
    super(input);
    this.length = length;
    this.lines = new LineSearch(lineEnds);
  }

  @Override
  boolean look() {
    return buffered() > 0 || isEnded();
  }

  @Override
  public int buffered() {
    return (int) Math.min(room(), input.buffered());
  }

  @Override
  boolean isEnded() {
    return length < 0 ? inputEnded && input.buffered() == 0 : count() == length;
  }

  @Override
  boolean isLast() {
    return length < 0 ? inputEnded : room() <= input.buffered();
  }

  @Override
  boolean endsHere() {
    inputEnded = true;
    return length < 0;
  }

  @Override
  long room() {
    return length < 0 ? Long.MAX_VALUE : length - count();
  }

  @Override
  int lineEnd(int scanned) {
    return lines.find(this, scanned);
  }

  @Override
  int lineLength(int end) {
    return lines.contentLength(this, end);
  }

  @Override
  void skipLine(int end) {
    if (end == NONE) {
      consume(buffered());
    } else {
      lines.consume(this, end);
    }
  }

  @Override
  String cut() {
    return "the peer hung up after " + (count() + buffered()) + " of " + length + " bytes";
  }

  @Override
  String whole() {
    return length < 0 ? count() + " bytes to the end" : "a block of " + length + " bytes";
  }
}
