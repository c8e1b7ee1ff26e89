package dev.wireline.imap;

import java.util.Objects;

/**
 * Where messages are after they were copied, moved or appended (RFC 4315). Immutable.
 *
 * @param uidValidity the UIDVALIDITY of the target mailbox
 * @param from their unique ids in the source mailbox; empty for an appended message
 * @param to their unique ids in the target mailbox, in the same order
 */
public record Copied(long uidValidity, MessageSet from, MessageSet to) {
  /**
   * Creates a result.
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
