package dev.wireline.dict;

import java.util.Objects;

/**
 * What a database says of a word. Immutable; foreign text.
 *
 * @param word the word as it stands there
 * @param database the name of the database
 * @param title what the database is
 * @param text the definition, with its line ends
 */
public record DictDefinition(String word, String database, String title, String text) {
  /**
   * A definition.
   *
   * @param word as above
   * @param database as above
   * @param title as above
   * @param text as above
   */
  public DictDefinition {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(text, "text");
  }
}
