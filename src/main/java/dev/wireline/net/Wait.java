package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.TimeText;
import java.nio.channels.AsynchronousCloseException;

/** One wait for a byte in one direction: what is left of it, and what to say when nothing is. */
final class Wait {
  private final Endpoint endpoint;
  private final Activity activity;
  private final Deadline deadline;
  private final long silenceNanos;
  private final long start;

  /**
   * A wait that starts now.
   *
   * @param silenceNanos how long no byte may move; {@link Long#MAX_VALUE} for no such bound
   */
  Wait(Endpoint endpoint, Activity activity, Deadline deadline, long silenceNanos) {
    this(endpoint, activity, deadline, silenceNanos, System.nanoTime());
  }

  private Wait(
      Endpoint endpoint, Activity activity, Deadline deadline, long silenceNanos, long start) {
    this.endpoint = endpoint;
    this.activity = activity;
    this.deadline = deadline;
    this.silenceNanos = silenceNanos;
    this.start = start;
  }

  /** The same wait with another deadline: the silence began when it began. */
  Wait until(Deadline other) {
    return new Wait(endpoint, activity, other, silenceNanos, start);
  }

  /** The nanoseconds that may be waited next; 0 when time is up. */
  long left(Transport transport) throws WirelineException, AsynchronousCloseException {
    if (transport.isClosed()) {
      throw new AsynchronousCloseException();
    }
    if (KeptInterrupts.endsWait()) {
      String waited = TimeText.of(System.nanoTime() - start);
      throw new CallInterruptedException(endpoint, activity, "interrupted after " + waited);
    }
    long left = deadline.remainingNanos();
    if (silenceNanos != Long.MAX_VALUE) {
      left = Math.min(left, silenceNanos - (System.nanoTime() - start));
    }
    return Math.max(0, left);
  }

  /** The exception for a wait of which nothing is left; the facts go on the sentence. */
  DeadlineExceededException exceeded(String facts) {
    if (!deadline.isExpired()) {
      Deadline silence = Deadline.ofSilence(start, silenceNanos, activity.phase());
      return silence.exceeded(endpoint, activity, "not a byte moved for", facts);
    }
    Phase limit = deadline.limit();
    String late =
        limit == activity.phase() ? "not done after" : "the time for " + limit + " ran out after";
    return deadline.exceeded(endpoint, activity, late, facts);
  }
}
