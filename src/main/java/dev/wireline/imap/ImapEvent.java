package dev.wireline.imap;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that the server reports on its own (RFC 9051, section 7), about the selected mailbox or itself.
 * Immutable.
 *
 * @param kind what it is about
 * @param number for EXISTS and RECENT, how many messages there are; for EXPUNGE and FETCH, the number of the
 *     message; else 0
 * @param fetched for FETCH, the new data of the message; else empty
 * @param text for VANISHED, the messages that are gone; for STATUS, what the server said; for OTHER, the name
 *     of the response; else empty: text from the server
 */
public record ImapEvent(Kind kind, long number, Optional<FetchedMail> fetched, String text) {
  /**
   * An event.
   *
   * @param kind as above
   * @param number as above
   * @param fetched as above
   * @param text as above
   */
  public ImapEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(fetched, "fetched");
    Objects.requireNonNull(text, "text");
  }

  /** What an event is about. */
  public enum Kind {
    /** The number of messages in the mailbox. */
    EXISTS,

    /** The number of them that are new to this session; only in IMAP4rev1. */
    RECENT,

    /** A message is gone; the numbers of those after it are now lower by one. */
    EXPUNGE,

    /** Messages are gone (RFC 7162), given by their unique ids. */
    VANISHED,

    /** A message has changed, usually its flags. */
    FETCH,

    /** A message from the server itself, such as {@code OK [ALERT] ...}; show an alert to the user. */
    STATUS,

    /** More events came than are kept, before anybody asked for them: reread the mailbox. */
    LOST,

    /** Anything else. */
    OTHER
  }

  static ImapEvent of(Kind kind, long number) {
    return new ImapEvent(kind, number, Optional.empty(), "");
  }

  static ImapEvent of(Kind kind, String text) {
    return new ImapEvent(kind, 0, Optional.empty(), text);
  }
}
