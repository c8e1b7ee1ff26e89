package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a wire takes in from its transport: the bytes, the wait for them, and their end. */
final class Intake {
  /** An interrupt does not end what is no wait. */
  private static final Deadline NO_WAIT = Deadline.after(Duration.ZERO, Phase.READ);

  private final Wire wire;
  private boolean ended;
  private long taken;

  /** A failure that was met without waiting, while what had come before it was unread. */
  private @Nullable IOException late;

  Intake(Wire wire) {
    this.wire = wire;
  }

  /** How many bytes have come in all. */
  long taken() {
    return taken;
  }

  /**
   * Takes what is there without waiting: the count, 0 for nothing now, -1 at an end. One that is a
   * failure is thrown behind what had come before it, which the peer had said all the same.
   */
  int take(Transport transport, ByteBuffer into, Activity activity) throws WirelineException {
    return take(transport, into, NO_WAIT, activity, false);
  }

  /**
   * Waits for input where there is none.
   *
   * @param mustCome whether silence and the deadline are failures
   * @return the count, 0 at the deadline, -1 at a clean end
   */
  int take(
      Transport transport, ByteBuffer into, Deadline asked, Activity activity, boolean mustCome)
      throws WirelineException {
    if (ended) {
      return -1;
    }
    Deadline deadline = asked == NO_WAIT ? asked : wire.within(asked, activity);
    try {
      if (late != null) {
        throw late;
      }
      int count = transport.read(into);
      if (count == 0 && deadline != NO_WAIT) {
        count = await(transport, into, asked, activity, mustCome);
      } else if (count > 0 && deadline != NO_WAIT) {
        checkGoesOn(transport, deadline, activity, mustCome);
      }
      taken += Math.max(0, count);
      if (count < 0) {
        // The peer's answer to our own close is not its end.
        wire.open(activity);
        ended = true;
      }
      return count;
    } catch (IOException e) {
      if (deadline == NO_WAIT && wire.input().buffered() > 0 && !transport.isClosed()) {
        late = e;
        return -1;
      }
      throw wire.failed(e, activity, wire.input().unread());
    } catch (RuntimeException | Error e) {
      // Nobody knows what of it was taken.
      wire.fail(e);
      throw e;
    }
  }

  /** A peer that always has bytes ready must outrun neither a deadline nor an interrupt. */
  private void checkGoesOn(
      Transport transport, Deadline deadline, Activity activity, boolean mustCome)
      throws IOException {
    boolean late = mustCome && deadline.isExpired();
    if (late || Thread.currentThread().isInterrupted()) {
      Wait wait = new Wait(wire.endpoint(), activity, deadline, Long.MAX_VALUE);
      wait.left(transport);
      if (late) {
        throw wait.exceeded(wire.input().unreadFact());
      }
    }
  }

  private int await(
      Transport transport, ByteBuffer into, Deadline asked, Activity activity, boolean mustCome)
      throws IOException {
    long silence = mustCome ? wire.silenceNanos() : Long.MAX_VALUE;
    Deadline deadline = wire.within(asked, activity);
    Wait wait = new Wait(wire.endpoint(), activity, deadline, silence);
    int count = 0;
    while (count == 0) {
      long nanos = wait.left(transport);
      if (nanos > 0) {
        transport.awaitInput(nanos);
        count = transport.read(into);
        continue;
      }
      // A dialogue of another thread may have ended in time meanwhile: its deadline is none any
      // more.
      Deadline now = deadline.isExpired() ? wire.within(asked, activity) : deadline;
      if (deadline.isExpired() && !now.isExpired()) {
        deadline = now;
        wait = wait.until(now);
      } else if (mustCome) {
        throw wait.exceeded(wire.input().unreadFact());
      } else {
        return 0;
      }
    }
    return count;
  }
}
