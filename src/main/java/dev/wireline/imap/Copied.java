package dev.wireline.imap;

import java.util.Objects;

/**
 * Where messages are in the mailbox into which they were copied, moved or appended (RFC 4315). Immutable.
 *
 * @param uidValidity the UIDVALIDITY of that mailbox
 * @param from their unique ids in the mailbox from which they were copied; none for one that was appended
 * @param to their unique ids there, in the same order
 */
public record Copied(long uidValidity, MessageSet from, MessageSet to) {
  /**
   * What became of messages.
   *
   * @param uidValidity as above
   * @param from as above
   * @param to as above
   */
  public Copied {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
