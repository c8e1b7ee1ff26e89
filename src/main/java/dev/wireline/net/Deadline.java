package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A point in time by which something must be done, and the name of the limit that set it. Immutable.
 *
 * <p>The public API takes {@link Duration}s; each becomes one deadline at the top of a call, and every layer
 * below asks how much of it is left.
 */
public final class Deadline {
  /** The clock of the system. A class, for it has to be there when no memory for a lambda is. */
  static final LongSupplier SYSTEM_CLOCK = new LongSupplier() {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  };

  /** The deadline that never comes. */
  public static final Deadline NEVER =
      new Deadline(SYSTEM_CLOCK, 0, Long.MAX_VALUE, Phase.CALL, null);

  private final LongSupplier clock;
  private final long start;
  private final long nanos;
  private final Phase limit;
  private final @Nullable String setting;

  private Deadline(LongSupplier clock, Duration time, Phase limit, @Nullable String setting) {
    this(
        clock,
        clock.getAsLong(),
        Math.max(0, TimeText.nanos(Objects.requireNonNull(time, "time"))),
        Objects.requireNonNull(limit, "limit"),
        setting);
  }

  private Deadline(
      LongSupplier clock, long start, long nanos, Phase limit, @Nullable String setting) {
    this.clock = clock;
    this.start = start;
    this.nanos = nanos;
    this.limit = limit;
    this.setting = setting;
  }

  /**
   * A deadline from now.
   *
   * @param time how long from now; zero or less is a deadline that has passed
   * @param limit the phase that the exception names when it runs out
   * @return the deadline
   */
  public static Deadline after(Duration time, Phase limit) {
    return new Deadline(SYSTEM_CLOCK, time, limit, null);
  }

  /**
   * A deadline from now, from a named setting.
   *
   * @param time how long from now; zero or less is a deadline that has passed
   * @param limit the phase that the exception names when it runs out
   * @param setting the setting's name, for the exception
   * @return the deadline
   */
  public static Deadline after(Duration time, Phase limit, String setting) {
    return after(SYSTEM_CLOCK, time, limit, setting);
  }

  static Deadline after(LongSupplier clock, Duration time, Phase limit, String setting) {
    return new Deadline(clock, time, limit, Objects.requireNonNull(setting, "setting"));
  }

  LongSupplier clock() {
    return clock;
  }

  /**
   * What is left.
   *
   * @return nanoseconds until the deadline, 0 if it has passed, {@link Long#MAX_VALUE} for {@link
   *     #NEVER}
   */
  public long remainingNanos() {
    return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - elapsedNanos());
  }

  long elapsedNanos() {
    return clock.getAsLong() - start;
  }

  /**
   * Whether the moment has passed.
   *
   * @return true if nothing is left
   */
  public boolean isExpired() {
    return remainingNanos() == 0;
  }

  /**
   * The earlier of two deadlines.
   *
   * @param other the other one
   * @return the one with less time left
   */
  public Deadline earlier(Deadline other) {
    Objects.requireNonNull(other, "other");
    if (other == NEVER) {
      return this;
    }
    return this == NEVER || other.endsBefore(this) ? other : this;
  }

  private boolean endsBefore(Deadline other) {
    if (clock != other.clock || nanos == Long.MAX_VALUE || other.nanos == Long.MAX_VALUE) {
      return remainingNanos() < other.remainingNanos();
    }
    return start - other.start + (nanos - other.nanos) < 0;
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
   * The setting that it comes from, as its builder calls it.
   *
   * @return its name; empty if it does not come from a setting
   */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /**
   * This deadline after a pause that does not count.
   *
   * @param left what was left when the pause began, in nanoseconds
   * @return a deadline of which that much is left now
   */
  public Deadline resumed(long left) {
    return left == Long.MAX_VALUE
        ? this
        : new Deadline(clock, clock.getAsLong() - (nanos - left), nanos, limit, setting);
  }

  /** The deadline that a silence has passed which began at a reading of the clock. */
  static Deadline ofSilence(LongSupplier clock, long start, long nanos, Phase limit) {
    return new Deadline(clock, start, nanos, limit, "silenceTimeout");
  }

  /** The same deadline, naming the part of it that ran out. */
  Deadline during(Phase part) {
    return new Deadline(clock, start, nanos, part, setting);
  }

  /**
   * Creates the exception to throw when it runs out; its message has the time waited and the setting.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, up to the word before the time
   * @param facts more facts, to follow the setting; may be empty
   * @return the exception, not thrown yet
   */
  public DeadlineExceededException exceeded(
      Endpoint endpoint, Activity activity, String happened, String facts) {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(activity, "activity");
    Objects.requireNonNull(happened, "happened");
    Objects.requireNonNull(facts, "facts");
    Duration elapsed = elapsed();
    String named = setting == null ? "" : " (" + setting + ")";
    String text = happened + " " + TimeText.of(elapsed) + named + facts;
    return new DeadlineExceededException(endpoint, activity, limit, setting, text, elapsed);
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
