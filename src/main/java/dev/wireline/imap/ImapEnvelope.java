package dev.wireline.imap;

import java.util.List;
import java.util.Objects;

/**
 * The main fields of a message's header, as the server read them (RFC 9051, section 7.5.2). What the header does not
 * have is empty; what is encoded there (RFC 2047) is encoded here. All of it is foreign text. Immutable.
 *
 * @param date the Date field
 * @param subject the Subject field
 * @param from the authors
 * @param sender who sent it
 * @param replyTo who gets answers
 * @param to the recipients
 * @param cc who gets a copy
 * @param bcc who gets a copy in secret
 * @param inReplyTo the message that this one answers
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
