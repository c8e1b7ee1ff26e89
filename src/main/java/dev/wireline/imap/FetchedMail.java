package dev.wireline.imap;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requested data of a message (RFC 9051, section 7.5.2). Immutable.
 *
 * <p>All of it is text from the server. Sections are in memory; read a large one as a stream instead: {@link
 * ImapClient#section}.
 */
public final class FetchedMail {
  private final long number;
  private final OptionalLong uid;
  private final Optional<Set<String>> flags;
  private final OptionalLong size;
  private final OptionalLong modSeq;
  private final Optional<OffsetDateTime> internalDate;
  private final Optional<ImapEnvelope> envelope;
  private final Optional<BodyPart> structure;
  private final Map<String, byte[]> sections;

  private FetchedMail(Parts parts) {
    this.number = parts.number;
    this.uid = optional(parts.uid);
    this.flags = Optional.ofNullable(parts.flags);
    this.size = optional(parts.size);
    this.modSeq = optional(parts.modSeq);
    this.internalDate = Optional.ofNullable(parts.internalDate);
    this.envelope = Optional.ofNullable(parts.envelope);
    this.structure = Optional.ofNullable(parts.structure);
    this.sections = parts.sections;
  }

  private static OptionalLong optional(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The data of a message so far. */
  static final class Parts {
    final long number;
    long uid = -1;
    long size = -1;
    long modSeq = -1;

    @Nullable
    Set<String> flags;

    @Nullable
    OffsetDateTime internalDate;

    @Nullable
    ImapEnvelope envelope;

    @Nullable
    BodyPart structure;

    final Map<String, byte[]> sections = new LinkedHashMap<>();

    Parts(long number) {
      this.number = number;
    }

    FetchedMail done() {
      return new FetchedMail(this);
    }
  }

  /**
   * The number of the message.
   *
   * @return 1 or more, valid until a message before it is expunged
   */
  public long number() {
    return number;
  }

  /**
   * The unique id (UID).
   *
   * @return the id; empty if the server did not say
   */
  public OptionalLong uid() {
    return uid;
  }

  /**
   * The flags (FLAGS).
   *
   * @return such as {@code \Seen} and {@code $Junk}; empty if the server did not say
   */
  public Optional<Set<String>> flags() {
    return flags;
  }

  /**
   * The size (RFC822.SIZE).
   *
   * @return the bytes of the message; empty if the server did not say
   */
  public OptionalLong size() {
    return size;
  }

  /**
   * The modification sequence (MODSEQ, RFC 7162).
   *
   * @return the number; empty if the server did not say
   */
  public OptionalLong modSeq() {
    return modSeq;
  }

  /**
   * When the message reached the server (INTERNALDATE).
   *
   * @return the time; empty if the server did not say
   */
  public Optional<OffsetDateTime> internalDate() {
    return internalDate;
  }

  /**
   * The main fields of the header (ENVELOPE).
   *
   * @return the envelope; empty if the server did not say
   */
  public Optional<ImapEnvelope> envelope() {
    return envelope;
  }

  /**
   * The structure of the message (BODYSTRUCTURE or BODY).
   *
   * @return the message as a part; empty if the server did not say
   */
  public Optional<BodyPart> structure() {
    return structure;
  }

  /**
   * A section that was requested with {@code BODY.PEEK[...]} or {@code BODY[...]}.
   *
   * @param section the text in the brackets, in upper or lower case: {@code HEADER}, {@code 1.2}, or an empty
   *     string for the whole message
   * @return a copy of its bytes; empty if the server did not send it
   */
  public Optional<byte[]> section(String section) {
    Objects.requireNonNull(section, "section");
    byte[] bytes = sections.get(section.toUpperCase(Locale.ROOT));
    return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
  }

  /**
   * The message and what is known about it.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "message " + number
        + (uid.isPresent() ? ", uid " + uid.getAsLong() : "")
        + flags.map(set -> ", flags " + set).orElse("")
        + (size.isPresent() ? ", " + size.getAsLong() + " bytes" : "");
  }
}
