package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells two versions of a document apart (RFC 9110, section 8.8). */
public final class Validator {
  /** How much older than the response a Last-Modified must be to count as strong, since clocks differ. */
  static final Duration SURELY_OLDER = Duration.ofSeconds(60);

  private Validator() {}

  /**
   * The strong validator of a response, which always denotes the same bytes: an ETag that is not weak or,
   * without any ETag, a Last-Modified that is old enough (section 8.8.2.2).
   *
   * @param headers the fields of the response
   * @return the value for If-Range; empty if there is none
   */
  public static Optional<String> strong(Headers headers) {
    Optional<String> tag = headers.first("ETag");
    if (tag.isPresent()) {
      return tag.filter(value -> isTag(value) && value.charAt(0) == '"');
    }
    Optional<Instant> modified = headers.date("Last-Modified");
    Optional<Instant> date = headers.date("Date");
    boolean old = modified.isPresent()
        && date.isPresent()
        && !modified.get().plus(SURELY_OLDER).isAfter(date.get());
    return old ? headers.first("Last-Modified") : Optional.empty();
  }

  /**
   * Whether a text is an entity tag that can be sent, weak or strong (section 8.8.3).
   *
   * @param text the value of an ETag field
   * @return true for visible ASCII in quotes, optionally after {@code W/}
   */
  public static boolean isTag(String text) {
    int start = text.startsWith("W/") ? 2 : 0;
    int end = text.length() - 1;
    boolean quoted = end > start && text.charAt(start) == '"' && text.charAt(end) == '"';
    return quoted
        && text.substring(start + 1, end).chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"');
  }
}
