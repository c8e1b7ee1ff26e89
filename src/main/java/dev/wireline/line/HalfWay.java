package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import dev.wireline.net.Wire;

/** What becomes of a connection on which a read or a write ended before its end. */
final class HalfWay {
  private HalfWay() {}

  /**
   * Gives the connection up unless nothing is lost, and the turn back. The turn was marked before: should
   * there be no room for this either, the next use does it.
   */
  static void end(Wire wire, Turn turn, Throwable why) {
    if (!isHarmless(why)) {
      wire.fail(why);
    }
    turn.giveLeft();
  }

  /** Why a turn cannot be taken; a connection on which its last use ended half way is given up, and says so. */
  static RuntimeException refusal(Wire wire, Turn turn, Activity activity)
      throws WirelineException {
    Throwable left = turn.leftBy();
    if (left != null) {
      wire.fail(left);
      wire.checkOpen(activity);
    }
    return turn.refusal();
  }

  /** A line that is no text was consumed whole, and a turn that was refused has moved nothing. */
  private static boolean isHarmless(Throwable why) {
    return why instanceof WirelineException known
        ? known.connectionUsable()
        : why instanceof TurnTakenException;
  }
}
