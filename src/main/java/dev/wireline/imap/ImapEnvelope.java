package dev.wireline.imap;

import java.util.List;
import java.util.Objects;

/**
 * The main fields of a message's header, as the server parsed them (RFC 9051, section 7.5.2). Missing fields
 * are empty; encoded words (RFC 2047) are not decoded. All of it is text from the server. Immutable.
 *
 * @param date the Date field
 * @param subject the Subject field
 * @param from the authors
 * @param sender the sender
 * @param replyTo the addresses for replies
 * @param to the recipients
 * @param cc the recipients of copies
 * @param bcc the recipients of blind copies
 * @param inReplyTo the id of the message that this one answers
 * @param messageId the id of the message
 */
public record ImapEnvelope(
    String date,
    String subject,
    List<ImapAddress> from,
    List<ImapAddress> sender,
    List<ImapAddress> replyTo,
    List<ImapAddress> to,
    List<ImapAddress> cc,
    List<ImapAddress> bcc,
    String inReplyTo,
    String messageId) {
  /**
   * An envelope.
   *
   * @param date as above
   * @param subject as above
   * @param from as above
   * @param sender as above
   * @param replyTo as above
   * @param to as above
   * @param cc as above
   * @param bcc as above
   * @param inReplyTo as above
   * @param messageId as above
   */
  public ImapEnvelope {
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(Objects.requireNonNull(from, "from"));
    sender = List.copyOf(Objects.requireNonNull(sender, "sender"));
    replyTo = List.copyOf(Objects.requireNonNull(replyTo, "replyTo"));
    to = List.copyOf(Objects.requireNonNull(to, "to"));
    cc = List.copyOf(Objects.requireNonNull(cc, "cc"));
    bcc = List.copyOf(Objects.requireNonNull(bcc, "bcc"));
    Objects.requireNonNull(inReplyTo, "inReplyTo");
    Objects.requireNonNull(messageId, "messageId");
  }
}
