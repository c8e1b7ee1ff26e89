package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The two turns of a wire: one of them for a read or a write, both for what happens while nobody uses it. */
final class Turns {
  /** About the time of a look at what has come. */
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

  /** Takes both turns; the one to mark when that is not to be ended well. */
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
   * Takes a turn; one that was left half way gives the wire up. A look of a write that failed, which does
   * not wait, is waited for, and once more after it: it may have ended between the try and the question.
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
   * Ends a use that did not come to its end. Its turn was marked before: should there be no room for
   * this either, the next use finds it.
   */
  void leave(Turn turn, Throwable why) {
    // Those have closed the wire where they had to, and a refused turn has moved nothing.
    if (!(why instanceof WirelineException) && !(why instanceof TurnTakenException)) {
      wire.fail(why);
    }
    turn.giveLeft();
  }

  /** What ended a use half way, where there was no way to give the connection up for it yet. */
  @Nullable
  Throwable leftBy() {
    Throwable by = reading.leftBy();
    return by != null ? by : writing.leftBy();
  }
}
