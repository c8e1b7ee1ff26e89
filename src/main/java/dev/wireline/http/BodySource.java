package dev.wireline.http;

import dev.wireline.error.ClientClosedException;
import dev.wireline.internal.PieceStream;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a body comes from, read by one thread at a time; whatever reads ahead of its user asks it before each
 * item that is in memory.
 */
abstract class BodySource extends PieceStream {
  final Turn turn = new Turn("reading a body");

  /** What is done with a body in its reader's turn. */
  interface Use<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * Checks that a body can still be read.
   *
   * @throws ClientClosedException if the connection ended before the body did, or the body was closed
   */
  abstract void checkReadable() throws ClientClosedException;

  /** Gives the rest up: a part was read by somebody who lost it, to an error that may be known. */
  abstract void lose(@Nullable Throwable by);

  /** Some bytes, at least one, or -1 at the end, for a reader that has the turn. */
  abstract int next(byte[] into, int offset, int length) throws IOException;

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    take();
    // As inTurn, and without an object for each piece.
    try {
      int count = next(into, offset, length);
      turn.give();
      return count;
    } catch (Throwable e) {
      turn.left = e;
      leave(e);
      throw e;
    }
  }

  /** Takes the turn for a use of this; a body of which something is lost to an error is given up. */
  final <T, X extends Exception> T inTurn(Use<T, X> use) throws X {
    take();
    try {
      T result = use.run();
      turn.give();
      return result;
    } catch (Throwable e) {
      turn.left = e;
      leave(e);
      throw e;
    }
  }

  private void take() {
    if (!turn.tryTake()) {
      endLeft();
      turn.take();
    }
  }

  /** Ends a read that an error left in its turn. */
  final void endLeft() {
    Throwable left = turn.leftBy();
    if (left != null) {
      leave(left);
    }
  }

  /** Ends a read that did not come to its end, whose turn was marked before. */
  private void leave(Throwable why) {
    if (!(why instanceof IOException) && !(why instanceof TurnTakenException)) {
      lose(why);
    }
    turn.giveLeft();
  }

  /** All bytes to the end, or null as soon as it is known that there are more than {@code max}. */
  final byte @Nullable [] atMost(int max) throws IOException {
    byte[] bytes = readNBytes(max);
    return bytes.length == max && read() >= 0 ? null : bytes;
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      lose(e);
      throw e;
    }
  }
}
