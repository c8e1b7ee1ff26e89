package dev.wireline.nntp;

import java.util.Objects;

/**
 * A header of one article (RFC 3977, section 8.5). Immutable.
 *
 * @param number the article
 * @param value its value, unfolded and not decoded: text from the server; empty if the article does not have it
 */
public record HeaderValue(long number, String value) {
  /**
   * A header.
   *
   * @param number as above
   * @param value as above
   */
  public HeaderValue {
    Objects.requireNonNull(value, "value");
  }
}
