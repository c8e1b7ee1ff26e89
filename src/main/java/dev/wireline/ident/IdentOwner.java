package dev.wireline.ident;

import java.util.Objects;

/**
 * Whose a connection is (RFC 1413, section 6.2). Immutable; foreign text, and no proof: the peer says what it
 * likes.
 *
 * @param system the operating system, such as {@code UNIX}, or {@code OTHER} if the user is no name of one;
 *     perhaps with a comma and a charset
 * @param user who it is
 */
public record IdentOwner(String system, String user) {
  /**
   * Whose a connection is.
   *
   * @param system as above
   * @param user as above
   */
  public IdentOwner {
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(user, "user");
  }
}
