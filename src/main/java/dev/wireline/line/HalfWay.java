package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import dev.wireline.net.Wire;

/** Deals with a connection on which a read or write stopped half way. */
final class HalfWay {
  private HalfWay() {}

  /**
   * Gives the connection up unless nothing is lost, and returns the turn. The turn was marked before: if there
   * is no room for this either, the next use does it.
   */
  static void end(Wire wire, Turn turn, Throwable why) {
    if (!isHarmless(why)) {
      wire.fail(why);
    }
    turn.giveLeft();
  }

  /** Why a turn cannot be taken; gives up a connection whose last use stopped half way. */
  static RuntimeException refusal(Wire wire, Turn turn, Activity activity)
      throws WirelineException {
    Throwable left = turn.leftBy();
    if (left != null) {
      wire.fail(left);
      wire.checkOpen(activity);
    }
    return turn.refusal();
  }

  /** A line that is not text was consumed whole, and a refused turn has moved nothing. */
  private static boolean isHarmless(Throwable why) {
    return why instanceof WirelineException known
        ? known.connectionUsable()
        : why instanceof TurnTakenException;
  }
}
