package dev.wireline.ftp;

import dev.wireline.internal.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Times as {@code 20240131154500.123}, in UTC (RFC 3659, section 2.3). No I/O. */
final class TimeVal {
  private static final int DIGITS = 14;
  private static final int MAX_FRACTION = 9;

  private TimeVal() {}

  /** The time, or empty if the text is not one. */
  static Optional<Instant> parse(String text) {
    int end = text.indexOf('.');
    String fraction = end < 0 ? "" : text.substring(end + 1);
    String whole = end < 0 ? text : text.substring(0, end);
    boolean digits = isDigits(whole) && isDigits(fraction) && whole.length() == DIGITS;
    if (!digits || (end >= 0 && fraction.isEmpty()) || fraction.length() > MAX_FRACTION) {
      return Optional.empty();
    }
    try {
      LocalDateTime time = LocalDateTime.of(
          part(whole, 0, 4),
          part(whole, 4, 6),
          part(whole, 6, 8),
          part(whole, 8, 10),
          part(whole, 10, 12),
          // A leap second cannot be represented here.
          Math.min(part(whole, 12, 14), 59),
          nanos(fraction));
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int nanos(String fraction) {
    return (int)
        Ascii.decimal((fraction + "000000000").substring(0, MAX_FRACTION), Integer.MAX_VALUE);
  }

  private static int part(String digits, int from, int to) {
    return (int) Ascii.decimal(digits.substring(from, to), Integer.MAX_VALUE);
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(Ascii::isDigit);
  }

  /** The time without its fraction. */
  static String text(Instant time) {
    LocalDateTime at = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%04d%02d%02d%02d%02d%02d",
        at.getYear(),
        at.getMonthValue(),
        at.getDayOfMonth(),
        at.getHour(),
        at.getMinute(),
        at.getSecond());
  }
}
