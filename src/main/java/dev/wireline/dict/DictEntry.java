package dev.wireline.dict;

import java.util.Objects;

/**
 * A name and what it stands for: a database, a strategy, or a word that matches and where. Immutable; foreign
 * text.
 *
 * @param name the name, to be said to the server; of a match the database
 * @param text what it is; of a match the word
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
