package dev.wireline.imap;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The selected mailbox and its state when it was selected (RFC 9051, section 6.3.2). Immutable.
 *
 * @param mailbox its name
 * @param exists how many messages it has, 0 or more
 * @param uidValidity as long as this number is the same, so are the unique ids; 0 if the server did not say
 * @param uidNext the lowest unique id that the next message can have; 0 if the server did not say
 * @param highestModSeq the highest modification sequence (RFC 7162); empty without CONDSTORE
 * @param flags the flags that messages here can have: text from the server
 * @param permanentFlags those that can be changed permanently; {@code \*} if new ones can be created: text from
 *     the server
 * @param isReadOnly whether nothing can be changed
 */
public record Selected(
    String mailbox,
    long exists,
    long uidValidity,
    long uidNext,
    OptionalLong highestModSeq,
    Set<String> flags,
    Set<String> permanentFlags,
    boolean isReadOnly) {
  /**
   * A mailbox.
   *
   * @param mailbox as above
   * @param exists as above
   * @param uidValidity as above
   * @param uidNext as above
   * @param highestModSeq as above
   * @param flags as above
   * @param permanentFlags as above
   * @param isReadOnly as above
   */
  public Selected {
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(highestModSeq, "highestModSeq");
    flags = Set.copyOf(Objects.requireNonNull(flags, "flags"));
    permanentFlags = Set.copyOf(Objects.requireNonNull(permanentFlags, "permanentFlags"));
  }
}
