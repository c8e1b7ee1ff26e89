package dev.wireline.nntp;

import dev.wireline.internal.Bounds;

/**
 * Articles of a group by their numbers (RFC 3977, section 3.1, range). Immutable.
 *
 * <pre>{@code
 * ArticleRange.of(7)             // 7
 * ArticleRange.of(7, 12)         // 7-12
 * ArticleRange.from(7)           // 7-
 * }</pre>
 *
 * @param first the first number, 1 to {@link #MAX}
 * @param last the last number, not less than the first; {@link #MAX} for all from the first on
 */
public record ArticleRange(long first, long last) {
  /** The highest number, of 16 digits (RFC 3977, section 9.8): 9999999999999999. */
  public static final long MAX = 9_999_999_999_999_999L;

  /**
   * A range.
   *
   * @param first as above
   * @param last as above
   * @throws IllegalArgumentException if one is out of range
   */
  public ArticleRange {
    checked(first);
    if (checked(last) < first) {
      throw new IllegalArgumentException("a range goes up, not from " + first + " to " + last);
    }
  }

  /**
   * One article.
   *
   * @param number its number, 1 to {@link #MAX}
   * @return the range
   * @throws IllegalArgumentException if the number is out of range
   */
  public static ArticleRange of(long number) {
    return new ArticleRange(number, number);
  }

  /**
   * Articles from one to another, not all of which need exist.
   *
   * @param first the first number, 1 to {@link #MAX}
   * @param last the last number, not less than the first
   * @return the range
   * @throws IllegalArgumentException if they are out of range
   */
  public static ArticleRange of(long first, long last) {
    return new ArticleRange(first, last);
  }

  /**
   * All articles from one on.
   *
   * @param first the first number, 1 to {@link #MAX}
   * @return the range
   * @throws IllegalArgumentException if the number is out of range
   */
  public static ArticleRange from(long first) {
    return new ArticleRange(first, MAX);
  }

  static long checked(long number) {
    if (Bounds.check("the number of an article", number) > MAX) {
      throw new IllegalArgumentException(
          "the number of an article is " + MAX + " at most, not " + number);
    }
    return number;
  }

  /**
   * The range as it is sent.
   *
   * @return such as {@code 7}, {@code 7-12} or {@code 7-}
   */
  @Override
  public String toString() {
    if (first == last) {
      return Long.toString(first);
    }
    return first + "-" + (last == MAX ? "" : String.valueOf(last));
  }
}
