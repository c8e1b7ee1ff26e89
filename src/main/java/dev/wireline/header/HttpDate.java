package dev.wireline.header;

import dev.wireline.internal.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dates of header fields (RFC 9110, section 5.6.7): read in three forms, written in one.
 *
 * <pre>
 * Sun, 06 Nov 1994 08:49:37 GMT       IMF-fixdate, the only one that is written
 * Sunday, 06-Nov-94 08:49:37 GMT      of RFC 850, obsolete
 * Sun Nov  6 08:49:37 1994            of asctime in C, obsolete
 * </pre>
 *
 * <p>A two-digit year is in 1970 to 2069, so that it is never more than 50 years ahead. A leap second is read
 * as the second after it.
 *
 * <p><b>Lenient:</b> the name of the day must be one, but need not match the date: hand-written dates sometimes
 * have a wrong one. <b>Strict:</b> names are spelled and spaced as above, and the date exists.
 */
public final class HttpDate {
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String[] LONG_DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private HttpDate() {}

  /**
   * Reads a date.
   *
   * @param text a field value
   * @return the date; empty if the text has none of the three forms, which a recipient treats as if the field
   *     were not there
   */
  public static Optional<Instant> parse(String text) {
    Objects.requireNonNull(text, "text");
    try {
      if (text.length() == 29) {
        return Optional.ofNullable(imfFixdate(text));
      }
      if (text.length() == 24) {
        return Optional.ofNullable(asctime(text));
      }
      return Optional.ofNullable(rfc850(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Formats a date as IMF-fixdate; fractions of a second are cut off.
   *
   * @param moment the moment, in the years 0 to 9999
   * @return such as {@code Sun, 06 Nov 1994 08:49:37 GMT}
   * @throws IllegalArgumentException if the year does not have four digits
   */
  public static String format(Instant moment) {
    Objects.requireNonNull(moment, "moment");
    if (moment.isBefore(FIRST) || !moment.isBefore(END)) {
      throw new IllegalArgumentException("the year of an HTTP date has four digits: " + moment);
    }
    LocalDateTime date = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%s, %02d %s %04d %02d:%02d:%02d GMT",
        name(DAYS, date.getDayOfWeek().getValue()),
        date.getDayOfMonth(),
        name(MONTHS, date.getMonthValue()),
        date.getYear(),
        date.getHour(),
        date.getMinute(),
        date.getSecond());
  }

  private static @Nullable Instant imfFixdate(String text) {
    boolean framed = text.startsWith(", ", 3)
        && text.charAt(7) == ' '
        && text.charAt(11) == ' '
        && text.charAt(16) == ' '
        && text.endsWith(" GMT");
    if (!framed || index(DAYS, text, 0) < 0) {
      return null;
    }
    return moment(number(text, 12, 16), text, 8, number(text, 5, 7), 17);
  }

  private static @Nullable Instant asctime(String text) {
    boolean framed = text.charAt(3) == ' '
        && text.charAt(7) == ' '
        && text.charAt(10) == ' '
        && text.charAt(19) == ' ';
    if (!framed || index(DAYS, text, 0) < 0) {
      return null;
    }
    int day = text.charAt(8) == ' ' ? number(text, 9, 10) : number(text, 8, 10);
    return moment(number(text, 20, 24), text, 4, day, 11);
  }

  private static @Nullable Instant rfc850(String text) {
    int comma = text.indexOf(',');
    if (comma < 0 || text.length() - comma != 24 || !isLongDay(text.substring(0, comma))) {
      return null;
    }
    boolean framed = text.charAt(comma + 1) == ' '
        && text.charAt(comma + 4) == '-'
        && text.charAt(comma + 8) == '-'
        && text.charAt(comma + 11) == ' '
        && text.endsWith(" GMT");
    int year = number(text, comma + 9, comma + 11);
    if (!framed || year < 0) {
      return null;
    }
    int fullYear = year < 70 ? 2000 + year : 1900 + year;
    return moment(fullYear, text, comma + 5, number(text, comma + 2, comma + 4), comma + 12);
  }

  private static boolean isLongDay(String name) {
    for (String day : LONG_DAYS) {
      if (day.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Combines a year and a day with the month and the time at those places of the text. */
  private static @Nullable Instant moment(int year, String text, int monthAt, int day, int timeAt) {
    int month = index(MONTHS, text, monthAt);
    int hour = number(text, timeAt, timeAt + 2);
    int minute = number(text, timeAt + 3, timeAt + 5);
    int second = number(text, timeAt + 6, timeAt + 8);
    boolean framed = text.charAt(timeAt + 2) == ':' && text.charAt(timeAt + 5) == ':';
    if (!framed || year < 0 || month < 0 || second < 0 || second > 60) {
      return null;
    }
    // Anything out of range, including -1 for not a number, throws what the caller expects.
    return LocalDateTime.of(year, month, day, hour, minute)
        .plusSeconds(second)
        .toInstant(ZoneOffset.UTC);
  }

  /** The number, from 1, of the three-letter name at that place; -1 if there is none. */
  private static int index(String names, String text, int at) {
    for (int i = 0; i < names.length(); i += 3) {
      if (text.startsWith(names.substring(i, i + 3), at)) {
        return i / 3 + 1;
      }
    }
    return -1;
  }

  private static String name(String names, int number) {
    return names.substring(3 * number - 3, 3 * number);
  }

  private static int number(String text, int from, int to) {
    return (int) Ascii.decimal(text.substring(from, to), 9999);
  }
}
