package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.net.Connection;
import dev.wireline.net.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The right to read from a client's connection: one thread has it for a read and, from the first use in an
 * exchange, only the thread of the exchange.
 */
final class ReadingTurn {
  /** Returned by whoever took it, or marked if its read ends half way. */
  final Turn turn = new Turn("reading");

  /** The thread that is in an exchange: it would lose an answer that another thread read. */
  volatile @Nullable Object holder;

  private long calls;

  /**
   * Takes the turn for a read, also by whatever was lent the input: first the turn, then the check of the
   * holder. The other way round, a thread could begin an exchange in between, and this one would read its
   * answer.
   */
  void take(Wire wire, Activity activity) throws WirelineException {
    Object here = Connection.caller();
    if (!turn.tryTake()) {
      throw HalfWay.refusal(wire, turn, activity);
    }
    // Nothing is called from here on: the turn must not stay taken if the stack overflows.
    Object exchanging = holder;
    if (exchanging != null && exchanging != here) {
      turn.give();
      throw turn.refusal();
    }
    calls++;
  }

  /** As {@link #take}, for a close, which leaves it to the next use to report that a connection is gone. */
  boolean takeToClose(Wire wire, Activity activity) {
    try {
      take(wire, activity);
      return true;
    } catch (WirelineException e) {
      return false;
    }
  }

  /** Ends a read that did not come to its end, whose turn was marked before. */
  void leave(Wire wire, Throwable why) {
    HalfWay.end(wire, turn, why);
  }

  /**
   * Keeps other threads from reading, for a thread that is in an exchange. It takes the turn briefly: it is
   * refused while any thread is reading, and from then on {@link #take} refuses all others.
   */
  void hold(Wire wire) throws WirelineException {
    Object here = Connection.caller();
    if (holder != here) {
      if (!turn.tryTake()) {
        throw HalfWay.refusal(wire, turn, LineReader.LINE);
      }
      try {
        holder = here;
        turn.give();
      } catch (Throwable e) {
        turn.left = e;
        throw e;
      }
    }
  }

  /** Refuses an exchange while another thread reads. */
  void checkFree(Wire wire) throws WirelineException {
    if (turn.isTaken()) {
      throw HalfWay.refusal(wire, turn, LineReader.LINE);
    }
  }

  /** How many reads were requested so far. */
  long calls() {
    return calls;
  }

  /** Forgets what was left half way on a lost connection. */
  void forget() {
    if (turn.left != null) {
      turn.giveLeft();
    }
  }
}
