package dev.wireline.imap;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The status of a mailbox, which need not be selected (RFC 9051, section 6.3.11). Immutable.
 *
 * @param messages how many messages
 * @param unseen how many of them lack the flag {@code \Seen}
 * @param uidNext the lowest unique id that the next message can have
 * @param uidValidity as long as this number is the same, so are the unique ids
 * @param highestModSeq the highest modification sequence (RFC 7162); empty without CONDSTORE
 */
public record MailboxStatus(
    long messages, long unseen, long uidNext, long uidValidity, OptionalLong highestModSeq) {
  /**
   * A status.
   *
   * @param messages as above
   * @param unseen as above
   * @param uidNext as above
   * @param uidValidity as above
   * @param highestModSeq as above
   */
  public MailboxStatus {
    Objects.requireNonNull(highestModSeq, "highestModSeq");
  }
}
