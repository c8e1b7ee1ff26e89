package dev.wireline.dict;

import java.util.Objects;

/**
 * A name and its description: a database, a strategy, or a matching word and its database. Immutable; text from
 * the peer.
 *
 * @param name the name to use with the server; for a match, the database
 * @param text the description; for a match, the word
 */
public record DictEntry(String name, String text) {
  /**
   * An entry.
   *
   * @param name as above
   * @param text as above
   */
  public DictEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }
}
