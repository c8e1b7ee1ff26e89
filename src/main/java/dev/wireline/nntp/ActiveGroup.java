package dev.wireline.nntp;

import java.util.Objects;

/**
 * A group on a server (RFC 3977, section 7.6.3). Immutable.
 *
 * @param name its name: text from the server
 * @param low the lowest number of an article, 0 or more
 * @param high the highest number of an article; less than {@code low} in an empty group
 * @param status {@code y} if everybody may post, {@code n} if nobody may, {@code m} if it is moderated; RFC
 *     6048, section 3.1, has more: text from the server
 */
public record ActiveGroup(String name, long low, long high, String status) {
  /**
   * A group.
   *
   * @param name as above
   * @param low as above
   * @param high as above
   * @param status as above
   */
  public ActiveGroup {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
  }
}
