package dev.wireline.line;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The growing waits between attempts (retries, reconnects), and the time after which to give up. Immutable.
 *
 * <p>Each wait is twice the one before it, up to the longest. Each is randomized between half and the whole of
 * it, so that a thousand clients of one server do not come back at the same moment.
 */
public final class Backoff {
  /** The default wait after the first failed attempt: 500 ms. */
  public static final Duration FIRST_WAIT = Duration.ofMillis(500);

  /** The default longest wait: 30 s. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** The default time for all attempts and waits: 2 min. */
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
   * @return the same instance each time
   */
  public static Backoff standard() {
    return STANDARD;
  }

  /**
   * This backoff with another first wait.
   *
   * @param value the wait after the first failed attempt, more than zero
   * @return a backoff with that wait
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withFirstWait(Duration value) {
    return new Backoff(
        Bounds.positive("firstWait", Objects.requireNonNull(value, "value")), maxWait, total);
  }

  /**
   * This backoff with another longest wait.
   *
   * @param value the longest wait, more than zero; it also limits the first one
   * @return a backoff with that wait
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withMaxWait(Duration value) {
    return new Backoff(
        firstWait, Bounds.positive("maxWait", Objects.requireNonNull(value, "value")), total);
  }

  /**
   * This backoff with another time for all attempts and waits.
   *
   * @param value the time from the start of the first attempt, more than zero
   * @return a backoff with that time
   * @throws IllegalArgumentException if it is zero or less
   */
  public Backoff withTotal(Duration value) {
    return new Backoff(
        firstWait, maxWait, Bounds.positive("total", Objects.requireNonNull(value, "value")));
  }

  /**
   * The time for all attempts and waits.
   *
   * @return the time from the start of the first attempt
   */
  public Duration total() {
    return total;
  }

  /**
   * The wait after so many failed attempts, 1 or more; {@code chance} is 0 for the shortest to 1 for the
   * longest.
   */
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
   * The wait after so many failed attempts. It differs from call to call, as it is partly random.
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
