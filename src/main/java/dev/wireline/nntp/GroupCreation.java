package dev.wireline.nntp;

import java.time.Instant;
import java.util.Objects;

/**
 * When a group was created, and by whom (RFC 3977, section 7.6.4). Immutable.
 *
 * @param name the group: text from the server
 * @param created when it was created on this server
 * @param creator who created it, often an address: text from the server
 */
public record GroupCreation(String name, Instant created, String creator) {
  /**
   * A creation.
   *
   * @param name as above
   * @param created as above
   * @param creator as above
   */
  public GroupCreation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(creator, "creator");
  }
}
