package dev.wireline.http.cookie;

import dev.wireline.internal.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dates of Expires attributes (RFC 6265, section 5.1.1): any order, any separators, and any words
 * between time, day, month and year. The zone is UTC, whatever the text says. Not thread-safe; made
 * for a single text.
 */
final class CookieDate {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int FIRST_YEAR = 1601;

  private int @Nullable [] time;
  private int day = -1;
  private int month = -1;
  private int year = -1;

  private CookieDate() {}

  /** The date, or empty if the text is not one. */
  static Optional<Instant> parse(String text) {
    CookieDate date = new CookieDate();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isDelimiter(text.charAt(i))) {
        if (i > start) {
          date.take(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return date.toInstant();
  }

  private static boolean isDelimiter(char c) {
    return c == '\t'
        || (c >= 0x20 && c <= 0x2F)
        || (c >= 0x3B && c <= 0x40)
        || (c >= 0x5B && c <= 0x60)
        || (c >= 0x7B && c <= 0x7E);
  }

  /** Uses a token as the first part that is still missing and that it fits. */
  private void take(String token) {
    if (time == null) {
      time = time(token);
      if (time != null) {
        return;
      }
    }
    if (day < 0) {
      day = number(token, 1, 2);
      if (day >= 0) {
        return;
      }
    }
    if (month < 0) {
      month = month(token);
      if (month >= 0) {
        return;
      }
    }
    if (year < 0) {
      year = number(token, 2, 4);
    }
  }

  private static int @Nullable [] time(String token) {
    int[] parts = new int[3];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      int end = digitsEnd(token, from);
      boolean colon = end < token.length() && token.charAt(end) == ':';
      if (end == from || end - from > 2 || (i < 2 && !colon)) {
        return null;
      }
      parts[i] = Integer.parseInt(token.substring(from, end));
      from = end + 1;
    }
    return parts;
  }

  /** The number at the start of a token, if it has that many digits; else -1. */
  private static int number(String token, int least, int most) {
    int digits = digitsEnd(token, 0);
    return digits < least || digits > most ? -1 : Integer.parseInt(token.substring(0, digits));
  }

  private static int digitsEnd(String token, int from) {
    int end = from;
    while (end < token.length() && Ascii.isDigit(token.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int month(String token) {
    if (token.length() < 3) {
      return -1;
    }
    int at = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
    return at < 0 || at % 3 != 0 ? -1 : at / 3 + 1;
  }

  private Optional<Instant> toInstant() {
    if (time == null || day < 0 || month < 0 || year < 0) {
      return Optional.empty();
    }
    int full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
    if (full < FIRST_YEAR) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(full, month, day, time[0], time[1], time[2]).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
