package dev.wireline.nntp;

import dev.wireline.internal.Ascii;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The overview of an article (RFC 3977, section 8.1). Immutable.
 *
 * <p>Headers are unfolded, and encoded words (RFC 2047) are not decoded: text from the server.
 *
 * @param number the article in the selected group; 0 if it was requested by its id
 * @param fields the headers by lower-case name, and {@code :bytes} and {@code :lines}; without those that the
 *     article does not have
 */
public record Overview(long number, Map<String, String> fields) {
  /**
   * An overview.
   *
   * @param number as above
   * @param fields as above
   */
  public Overview {
    fields = Map.copyOf(Objects.requireNonNull(fields, "fields"));
  }

  /**
   * A header, or metadata of the server.
   *
   * @param name its name in upper or lower case, such as {@code Xref}, without a colon
   * @return the value; empty if the article does not have it, or the server does not give it
   */
  public Optional<String> field(String name) {
    return Optional.ofNullable(
        fields.get(Objects.requireNonNull(name, "name").toLowerCase(Locale.ROOT)));
  }

  /**
   * The Subject.
   *
   * @return the header; may be empty
   */
  public String subject() {
    return fields.getOrDefault("subject", "");
  }

  /**
   * The From.
   *
   * @return the header; may be empty
   */
  public String from() {
    return fields.getOrDefault("from", "");
  }

  /**
   * The Date.
   *
   * @return the header; may be empty
   */
  public String date() {
    return fields.getOrDefault("date", "");
  }

  /**
   * The id of the article.
   *
   * @return the id; empty if the server does not give a valid one
   */
  public Optional<MessageId> messageId() {
    return field("message-id").flatMap(MessageId::in);
  }

  /**
   * The References.
   *
   * @return the ids of the articles that it answers, as they are in the header; may be empty
   */
  public String references() {
    return fields.getOrDefault("references", "");
  }

  /**
   * The approximate number of bytes of the article.
   *
   * @return 0 or more; empty if the server does not give it
   */
  public OptionalLong bytes() {
    return number(":bytes");
  }

  /**
   * The approximate number of lines of its body.
   *
   * @return 0 or more; empty if the server does not give it
   */
  public OptionalLong lines() {
    return number(":lines");
  }

  private OptionalLong number(String name) {
    long value = Ascii.decimal(fields.getOrDefault(name, ""), Long.MAX_VALUE);
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
