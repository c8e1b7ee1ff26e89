package dev.wireline.internal;

import java.time.Duration;

/** A span of time as people write it: {@code 250 ms}, {@code 1.5 s}, {@code 5 min}. */
public final class TimeText {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;

  private TimeText() {}

  /**
   * The text of a span.
   *
   * @param nanos the span in nanoseconds, not negative
   * @return a number with at most one decimal, a space and the unit
   */
  public static String of(long nanos) {
    if (nanos < SECOND) {
      return tenths(nanos, MILLI, "ms");
    }
    return nanos < 2 * MINUTE ? tenths(nanos, SECOND, "s") : tenths(nanos, MINUTE, "min");
  }

  /**
   * The text of a duration.
   *
   * @param duration the span, not negative
   * @return as {@link #of(long)}
   */
  public static String of(Duration duration) {
    return of(nanos(duration));
  }

  /**
   * A duration in nanoseconds, cut to what a long holds.
   *
   * @param duration any duration
   * @return its nanoseconds; {@link Long#MAX_VALUE} where there are more
   */
  public static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static String tenths(long nanos, long unit, String name) {
    long tenths = nanos / (unit / 10);
    String whole = Long.toString(tenths / 10);
    return (tenths % 10 == 0 ? whole : whole + "." + tenths % 10) + " " + name;
  }
}
