package dev.wireline.imap;

import java.util.Objects;
import java.util.Optional;

/**
 * What the server says of its own accord (RFC 9051, section 7): of the selected mailbox, or of itself. Immutable.
 *
 * @param kind what it is about
 * @param number the messages that there are, for EXISTS and RECENT; the number of the message, for EXPUNGE and FETCH;
 *     else 0
 * @param fetched what is new of the message, for FETCH; else empty
 * @param text the messages that are gone, for VANISHED; what the server said, for STATUS; the name of the response, for
 *     OTHER; else empty: foreign text
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
    /** The mailbox has so many messages now. */
    EXISTS,

    /** So many of them are new to this session; IMAP4rev1 alone has that. */
    RECENT,

    /** A message is gone; each one after it has a number less now. */
    EXPUNGE,

    /** Messages are gone (RFC 7162), told by their unique ids. */
    VANISHED,

    /** A message has changed, its flags mostly. */
    FETCH,

    /** A word of the server itself, such as {@code OK [ALERT] ...}; show an alert to the user. */
    STATUS,

    /** More events than are kept came before somebody asked for them: look at the mailbox anew. */
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
