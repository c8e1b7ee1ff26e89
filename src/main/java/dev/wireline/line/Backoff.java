package dev.wireline.line;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits between one try and the next, which grow, and the time after which there is none any more.
 * Immutable.
 *
 * <p>Each wait is twice the one before it, up to the longest. Of each, a part is left to chance, from its
 * half to the whole, so that a thousand clients of one server do not come back in the same moment.
 */
public final class Backoff {
  /** The wait after the first try that failed unless another is set: 500 ms. */
  public static final Duration FIRST_WAIT = Duration.ofMillis(500);

  /** The longest wait unless another is set: 30 s. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** The time for all tries and waits unless another is set: 2 min. */
  public static final Duration TOTAL = Duration.ofMinutes(2);

  private static final Backoff STANDARD = new Backoff(FIRST_WAIT, MAX_WAIT, TOTAL);

  private final Duration firstWait;
  private final Duration maxWait;
  private final Duration total;

  private Backoff(Duration firstWait, Duration maxWait, Duration total) {
    this.firstWait = firstWait;
    this.maxWait = maxWait;
    this.total = total;
  }

  /**
   * The waits with the default times.
   *
   * @return the same one each time
   */
  public static Backoff standard() {
    return STANDARD;
  }

  /**
   * The same with another first wait.
   *
   * @param value the wait after the first try that failed, more than zero
   * @return a backoff with that wait
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withFirstWait(Duration value) {
    return new Backoff(
        Bounds.positive("firstWait", Objects.requireNonNull(value, "value")), maxWait, total);
  }

  /**
   * The same with another longest wait.
   *
   * @param value the longest wait, more than zero; it bounds the first one too
   * @return a backoff with that wait
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withMaxWait(Duration value) {
    return new Backoff(
        firstWait, Bounds.positive("maxWait", Objects.requireNonNull(value, "value")), total);
  }

  /**
   * The same with another time for all tries and waits.
   *
   * @param value the time from the start of the first try, more than zero
   * @return a backoff with that time
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withTotal(Duration value) {
    return new Backoff(
        firstWait, maxWait, Bounds.positive("total", Objects.requireNonNull(value, "value")));
  }

  /**
   * The time for all tries and waits.
   *
   * @return the time from the start of the first try
   */
  public Duration total() {
    return total;
  }

  /** The wait after so many tries that failed, 1 or more, at one end of chance, 0, or the other, 1. */
  Duration pause(int tries, double chance) {
    long most = TimeText.nanos(maxWait);
    long whole = Math.min(most, TimeText.nanos(firstWait));
    for (int i = 1; i < tries && whole < most; i++) {
      whole = whole > most / 2 ? most : 2 * whole;
    }
    long half = whole / 2;
    return Duration.ofNanos(half + (long) ((whole - half) * chance));
  }

  /**
   * The wait after so many tries that failed: another one each time, as a part of it is left to chance.
   *
   * @param tries how many, 1 or more
   * @return the wait
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Duration pause(int tries) {
    Bounds.check("tries", tries);
    return pause(tries, ThreadLocalRandom.current().nextDouble());
  }
}
