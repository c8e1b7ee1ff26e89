package dev.wireline.chaos;

import java.util.List;

/**
 * What a client asks a server for, and where the answer is to be cut. Immutable.
 *
 * @param verb what kind of answer
 * @param token whose it is
 * @param count how many lines
 * @param ending how it ends
 * @param cut behind how many bytes, unless it ends whole
 */
record Ask(String verb, String token, int count, Ending ending, int cut) {

  boolean isWhole() {
    return ending == Ending.WHOLE;
  }

  /** As words that a line or a path can hold. */
  String words(String between) {
    return String.join(
        between, verb, token, Integer.toString(count), ending.name(), Integer.toString(cut));
  }

  static Ask parse(List<String> words) {
    return new Ask(
        words.get(0),
        words.get(1),
        Integer.parseInt(words.get(2)),
        Ending.valueOf(words.get(3)),
        Integer.parseInt(words.get(4)));
  }

  String text() {
    return Item.text(token, count);
  }

  @Override
  public String toString() {
    return words(" ");
  }
}
