package dev.wireline.http.grammar;

import dev.wireline.header.HttpDate;
import dev.wireline.internal.Ascii;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The value of Retry-After (RFC 9110 section 10.2.3). */
public final class RetryAfter {
  /** The meaning of a number of seconds too large for a long: longer than anybody waits. */
  private static final Duration FOR_EVER = Duration.ofSeconds(Integer.MAX_VALUE);

  private RetryAfter() {}

  /**
   * How long to wait.
   *
   * @param value seconds, or a date
   * @param now the time that a date is relative to; the Date field of the same response avoids clock skew
   * @return the wait, zero if the date is past; empty if the value is neither, which counts as absent
   */
  public static Optional<Duration> parse(String value, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(Ascii::isDigit)) {
      long seconds = Ascii.decimal(value, Integer.MAX_VALUE);
      return Optional.of(seconds < 0 ? FOR_EVER : Duration.ofSeconds(seconds));
    }
    return HttpDate.parse(value).map(date -> until(now, date));
  }

  private static Duration until(Instant now, Instant date) {
    return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
  }
}
