package dev.wireline.net;

import dev.wireline.error.Phase;
import dev.wireline.internal.TimeText;
import java.time.Duration;

/**
 * A moment by which something must be done, and the name of the limit that set it. Immutable.
 *
 * <p>The public API takes {@link Duration}s; each becomes one deadline at the top of a call, and every
 * layer below asks what is left of it.
 */
public final class Deadline {
  /** The deadline that never comes. */
  public static final Deadline NEVER = new Deadline(0, Long.MAX_VALUE, Phase.CALL);

  private final long start;
  private final long nanos;
  private final Phase limit;

  private Deadline(long start, long nanos, Phase limit) {
    this.start = start;
    this.nanos = nanos;
    this.limit = limit;
  }

  /**
   * A deadline from now.
   *
   * @param time how long from now; zero or less is a deadline that has passed
   * @param limit the phase that the exception names when it runs out
   * @return the deadline
   */
  public static Deadline after(Duration time, Phase limit) {
    return after(TimeText.nanos(time), limit);
  }

  static Deadline after(long nanos, Phase limit) {
    return new Deadline(System.nanoTime(), Math.max(0, nanos), limit);
  }

  /**
   * What is left.
   *
   * @return nanoseconds until the deadline, 0 when it has passed, {@link Long#MAX_VALUE} for {@link
   *     #NEVER}
   */
  public long remainingNanos() {
    return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - elapsedNanos());
  }

  long elapsedNanos() {
    return System.nanoTime() - start;
  }

  /**
   * Whether the moment has passed.
   *
   * @return true when nothing is left
   */
  public boolean isExpired() {
    return remainingNanos() == 0;
  }

  /**
   * The earlier of two deadlines.
   *
   * @param other the other one
   * @return the one of which less is left
   */
  public Deadline earlier(Deadline other) {
    if (other == NEVER) {
      return this;
    }
    return this == NEVER || other.remainingNanos() < remainingNanos() ? other : this;
  }

  /**
   * The phase that the exception names when it runs out.
   *
   * @return the limit's phase
   */
  public Phase limit() {
    return limit;
  }

  /**
   * The time since the deadline was made.
   *
   * @return zero or more
   */
  public Duration elapsed() {
    return Duration.ofNanos(elapsedNanos());
  }

  @Override
  public String toString() {
    return this == NEVER ? "never" : limit + " in " + TimeText.of(remainingNanos());
  }
}
