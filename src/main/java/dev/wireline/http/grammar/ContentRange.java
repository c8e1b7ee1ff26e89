package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import java.util.Optional;

/**
 * The value of Content-Range, {@code bytes 5-9/10} (RFC 9110, section 14.4). Immutable.
 *
 * @param first the first byte, or -1 if the range is unsatisfied
 * @param last the last byte, inclusive, or -1 if the range is unsatisfied
 * @param total the total number of bytes, or -1 if the server does not say
 */
public record ContentRange(long first, long last, long total) {
  private static final String UNIT = "bytes ";

  /**
   * Reads a range.
   *
   * @param value the value of the field
   * @return the range; empty if it is not a range of bytes, or contradicts itself
   */
  public static Optional<ContentRange> parse(String value) {
    int dash = value.indexOf('-');
    int slash = value.indexOf('/');
    if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length()) || slash < 0) {
      return Optional.empty();
    }
    String size = value.substring(slash + 1);
    long total = number(size);
    String range = value.substring(UNIT.length(), slash);
    if (range.equals("*")) {
      return total < 0 ? Optional.empty() : Optional.of(new ContentRange(-1, -1, total));
    }
    if (dash < UNIT.length() || dash > slash || (total < 0 && !size.equals("*"))) {
      return Optional.empty();
    }
    long first = number(value.substring(UNIT.length(), dash));
    long last = number(value.substring(dash + 1, slash));
    boolean fits = first >= 0 && first <= last && (total < 0 || last < total);
    return fits ? Optional.of(new ContentRange(first, last, total)) : Optional.empty();
  }

  private static long number(String digits) {
    return Ascii.decimal(digits, Long.MAX_VALUE - 1);
  }

  /**
   * How many bytes the range has.
   *
   * @return 1 or more; meaningless if the range is unsatisfied
   */
  public long length() {
    return last - first + 1;
  }
}
