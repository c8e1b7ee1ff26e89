package dev.wireline.nntp;

import java.util.Objects;

/**
 * An article by its number and its id (RFC 3977, section 6.2.4). Immutable.
 *
 * @param number its number in the selected group; 0 if it was requested by its id
 * @param id its id
 */
public record ArticleId(long number, MessageId id) {
  /**
   * An article.
   *
   * @param number as above
   * @param id as above
   */
  public ArticleId {
    Objects.requireNonNull(id, "id");
  }
}
