package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.net.Connection;
import dev.wireline.net.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The right to read from a client's connection: one thread has it for a read, and from the first use of an exchange
 * on no other thread than that of the exchange.
 */
final class ReadingTurn {
  /** To be given by who took it, or marked if its read ends half way. */
  final Turn turn = new Turn("reading");

  /** The thread that is in an exchange: an answer that another one read would be lost to it. */
  volatile @Nullable Object holder;

  private long calls;

  /**
   * Takes the turn for a read, also of what was lent the input: first the turn, then the look at the holder. The
   * other way round, a thread could begin an exchange in between, and this one would read its answer.
   */
  void take(Wire wire, Activity activity) throws WirelineException {
    Object here = Connection.caller();
    if (!turn.tryTake()) {
      throw HalfWay.refusal(wire, turn, activity);
    }
    // Nothing is called from here on: the turn must not stay taken where the stack ends.
    Object exchanging = holder;
    if (exchanging != null && exchanging != here) {
      turn.give();
      throw turn.refusal();
    }
    calls++;
  }

  /** As {@link #take}, for a close, which leaves it to the next use to say that a connection is gone. */
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
   * Keeps other threads from reading, for a thread that is in an exchange. It has the turn for that moment: while
   * any thread reads it is refused, and from then on {@link #take} refuses all others.
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

  /** How many reads were asked for so far. */
  long calls() {
    return calls;
  }

  /** Forgets what was left half way on a connection that is gone. */
  void forget() {
    if (turn.left != null) {
      turn.giveLeft();
    }
  }
}
