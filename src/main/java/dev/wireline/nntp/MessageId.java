package dev.wireline.nntp;

import dev.wireline.internal.Quoted;
import java.util.Objects;
import java.util.Optional;

/**
 * The id of an article, which is the same on every server (RFC 3977, section 3.6). Immutable.
 *
 * @param text the id with its angle brackets, 3 to 250 printable ASCII characters without spaces: {@code
 *     <45223423@example.com>}
 */
public record MessageId(String text) {
  /** The most characters of an id, including its brackets: 250. */
  public static final int MAX_CHARS = 250;

  /**
   * An id.
   *
   * @param text as above
   * @throws IllegalArgumentException if it is not in that form
   */
  public MessageId {
    if (!isOne(Objects.requireNonNull(text, "text"))) {
      throw new IllegalArgumentException("a message id is <...>, 3 to " + MAX_CHARS
          + " printing ASCII characters without blanks, not " + Quoted.text(text));
    }
  }

  /** Parses an id from a server; empty if it is not one. */
  static Optional<MessageId> in(String text) {
    return isOne(text) ? Optional.of(new MessageId(text)) : Optional.empty();
  }

  private static boolean isOne(String text) {
    int last = text.length() - 1;
    if (last < 2 || last >= MAX_CHARS || text.charAt(0) != '<' || text.charAt(last) != '>') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '>') {
        return false;
      }
    }
    return true;
  }

  /**
   * The id as it is sent.
   *
   * @return {@link #text()}
   */
  @Override
  public String toString() {
    return text;
  }
}
