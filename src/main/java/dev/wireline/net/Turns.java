package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The two turns of a wire: one for a read or a write, both for what happens while nobody uses it. */
final class Turns {
  /** About the time that a look at what has come takes. */
  private static final long LOOK_NANOS = 10_000;

  private final Wire wire;
  private final Turn reading;
  private final Turn writing;

  Turns(Wire wire, Turn reading, Turn writing) {
    this.wire = wire;
    this.reading = reading;
    this.writing = writing;
  }

  /** What is done while nobody reads or writes. */
  interface Use {
    void run() throws IOException;
  }

  void inBoth(Activity activity, Use use) throws WirelineException {
    Turn turn = takeBoth(activity);
    try {
      use.run();
      giveBoth();
    } catch (IOException e) {
      turn.left = e;
      throw leaveBoth(wire.failed(e, activity));
    } catch (RuntimeException | Error e) {
      turn.left = e;
      leaveBoth(e);
      throw e;
    }
  }

  /** Takes both turns; returns the one to mark if the use does not end well. */
  Turn takeBoth(Activity activity) throws ClientClosedException {
    Turn turn = reading;
    take(turn, activity);
    try {
      take(writing, activity);
      return turn;
    } catch (Throwable e) {
      turn.left = e;
      leave(turn, e);
      throw e;
    }
  }

  void giveBoth() {
    writing.give();
    reading.give();
  }

  <E extends Throwable> E leaveBoth(E why) {
    wire.fail(why);
    writing.giveLeft();
    reading.giveLeft();
    return why;
  }

  /**
   * Takes a turn; if it was left half way, gives the wire up. Waits for the look of a failed write, which
   * itself does not wait, and tries once more after it: it may have ended between the attempt and the check.
   */
  void take(Turn turn, Activity activity) throws ClientClosedException {
    boolean again = true;
    while (!turn.tryTake()) {
      Throwable left = turn.leftBy();
      if (left != null) {
        wire.fail(left);
        throw wire.notOpen(activity);
      }
      if (!again) {
        throw turn.refusal();
      }
      again = wire.input().isLooking();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * Ends a use that stopped half way. Its turn was marked before: if there is no room for this either, the next
   * use finds the mark.
   */
  void leave(Turn turn, Throwable why) {
    // These have closed the wire if they had to, and a refused turn has moved nothing.
    if (!(why instanceof WirelineException) && !(why instanceof TurnTakenException)) {
      wire.fail(why);
    }
    turn.giveLeft();
  }

  /** What ended a use half way before the connection could be given up for it. */
  @Nullable
  Throwable leftBy() {
    Throwable by = reading.leftBy();
    return by != null ? by : writing.leftBy();
  }
}
