package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.TimeText;
import java.nio.channels.AsynchronousCloseException;
import java.util.function.LongSupplier;

/** One wait for a byte in one direction: how much time is left, and the exception if none is. */
final class Wait {
  private final Endpoint endpoint;
  private final Activity activity;
  private final Deadline deadline;
  private final long silenceNanos;
  private final LongSupplier clock;
  private final long start;

  /**
   * Starts a wait.
   *
   * @param silenceNanos how long no byte may move; {@link Long#MAX_VALUE} for no limit
   */
  Wait(Wire wire, Activity activity, Deadline deadline, long silenceNanos) {
    this(wire.endpoint(), activity, deadline, silenceNanos, wire.clock());
  }

  /** Starts a wait that only its deadline ends. */
  Wait(Endpoint endpoint, Activity activity, Deadline deadline) {
    this(endpoint, activity, deadline, Long.MAX_VALUE, deadline.clock());
  }

  private Wait(
      Endpoint endpoint,
      Activity activity,
      Deadline deadline,
      long silenceNanos,
      LongSupplier clock) {
    this(endpoint, activity, deadline, silenceNanos, clock, clock.getAsLong());
  }

  private Wait(
      Endpoint endpoint,
      Activity activity,
      Deadline deadline,
      long silenceNanos,
      LongSupplier clock,
      long start) {
    this.endpoint = endpoint;
    this.activity = activity;
    this.deadline = deadline;
    this.silenceNanos = silenceNanos;
    this.clock = clock;
    this.start = start;
  }

  /** This wait with another deadline; the silence counts from its original start. */
  Wait until(Deadline other) {
    return new Wait(endpoint, activity, other, silenceNanos, clock, start);
  }

  /** How many nanoseconds to wait next; 0 if time is up. */
  long left(Transport transport) throws WirelineException, AsynchronousCloseException {
    if (transport.isClosed()) {
      throw new AsynchronousCloseException();
    }
    if (KeptInterrupts.endsWait()) {
      String waited = TimeText.of(clock.getAsLong() - start);
      throw new CallInterruptedException(endpoint, activity, "interrupted after " + waited);
    }
    long left = deadline.remainingNanos();
    if (silenceNanos != Long.MAX_VALUE) {
      left = Math.min(left, silenceNanos - (clock.getAsLong() - start));
    }
    return Math.max(0, left);
  }

  /** The exception for a wait with no time left; the facts continue the sentence. */
  DeadlineExceededException exceeded(String facts) {
    if (!deadline.isExpired()) {
      Deadline silence = Deadline.ofSilence(clock, start, silenceNanos, activity.phase());
      return silence.exceeded(endpoint, activity, "not a byte moved for", facts);
    }
    Phase limit = deadline.limit();
    String late =
        limit == activity.phase() ? "not done after" : "the time for " + limit + " ran out after";
    return deadline.exceeded(endpoint, activity, late, facts);
  }
}
