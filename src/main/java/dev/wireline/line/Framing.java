package dev.wireline.line;

import dev.wireline.internal.Unread;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * The content of bulk data as far as it has come: a window on the unread bytes that ends where the content
 * does. No I/O.
 *
 * <p>A reader calls {@link #look} first, and again whenever more bytes have come.
 */
abstract class Framing implements Unread {
  static final int NONE = LineSearch.NONE;

  final Unread input;
  private long count;

  Framing(Unread input) {
    this.input = input;
  }

  /** Finds how much of the content has come; false if that takes another byte. */
  abstract boolean look();

  /** Whether all content has been consumed. */
  abstract boolean isEnded();

  /** Whether no content follows the window. */
  abstract boolean isLast();

  /** Whether the content is at its end, now that the input is. */
  boolean endsHere() {
    return false;
  }

  /** How many of the next bytes are content whatever they are. */
  abstract long room();

  /** How many bytes of content were consumed. */
  final long count() {
    return count;
  }

  /** Accounts for content that was read past the input. */
  void passed(int some) {
    count += some;
  }

  /** The position of the last byte of a line, or NONE; scanned bytes hold no end. */
  abstract int lineEnd(int scanned);

  /** The length of a line without its end, which is at {@code end}, or of what has come of one. */
  abstract int lineLength(int end);

  /** Consumes a line and its end. */
  abstract void skipLine(int end);

  /** How far the content has come, for the message if the peer hangs up now. */
  abstract String cut();

  /** What was read whole, for people. */
  abstract String whole();

  @Override
  public final byte at(int index) {
    return input.at(Objects.checkIndex(index, buffered()));
  }

  @Override
  public final int indexOf(byte wanted, int from) {
    int found = input.indexOf(wanted, Objects.checkIndex(from, buffered() + 1));
    return found < buffered() ? found : NONE;
  }

  @Override
  public final int indexOf(byte first, byte second, int from) {
    int found = input.indexOf(first, second, Objects.checkIndex(from, buffered() + 1));
    return found + 1 < buffered() ? found : NONE;
  }

  @Override
  public final String text(int from, int to, Charset charset) throws CharacterCodingException {
    return input.text(from, Objects.checkIndex(to, buffered() + 1), charset);
  }

  @Override
  public final void copy(int from, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(from, length, buffered());
    input.copy(from, into, offset, length);
  }

  @Override
  public void consume(int some) {
    Objects.checkIndex(some, buffered() + 1);
    input.consume(some);
    count += some;
  }
}
