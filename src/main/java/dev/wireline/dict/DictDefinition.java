package dev.wireline.dict;

import java.util.Objects;

/**
 * A definition of a word in a database. Immutable; text from the peer.
 *
 * @param word the word as the database has it
 * @param database the name of the database
 * @param title the title of the database
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
