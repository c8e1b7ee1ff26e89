package dev.wireline.nntp;

import java.util.Objects;

/**
 * The selected group (RFC 3977, section 6.1.1). Immutable.
 *
 * @param name its name
 * @param count the approximate number of articles, 0 or more
 * @param low the lowest number of an article, 0 or more
 * @param high the highest number of an article; less than {@code low}, or 0, in an empty group
 */
public record NewsGroup(String name, long count, long low, long high) {
  /**
   * A group.
   *
   * @param name as above
   * @param count as above
   * @param low as above
   * @param high as above
   */
  public NewsGroup {
    Objects.requireNonNull(name, "name");
  }

  /**
   * The newest articles, including those that arrive later.
   *
   * @param most how many numbers, 1 or more; there may be no article for some of them
   * @return the range, which has no articles if the group is empty
   * @throws IllegalArgumentException if it is less than 1
   */
  public ArticleRange newest(int most) {
    return ArticleRange.from(Math.max(Math.max(1, low), high + 1 - ArticleRange.checked(most)));
  }
}
