package dev.wireline.ident;

import java.util.Objects;

/**
 * The owner of a connection (RFC 1413, section 6.2). Immutable; text from the peer and not a proof: the peer
 * can say what it likes.
 *
 * @param system the operating system, such as {@code UNIX}, or {@code OTHER} if the user is not a name on one;
 *     optionally followed by a comma and a charset
 * @param user the user
 */
public record IdentOwner(String system, String user) {
  /**
   * Creates an owner.
   *
   * @param system as above
   * @param user as above
   */
  public IdentOwner {
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(user, "user");
  }
}
