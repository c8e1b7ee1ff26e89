package dev.wireline.endpoint;

import dev.wireline.internal.Quoted;

/**
 * A text that is being parsed, which can say what is wrong with it and where.
 *
 * @param kind what the text is meant to be, for messages
 * @param text the whole text as the user gave it
 */
record Subject(String kind, String text) {

  /** Creates the exception for a part of the text that violates the grammar. */
  IllegalArgumentException refused(String part, int index, String problem) {
    return new IllegalArgumentException(
        kind + " " + shown() + ": " + part + " at index " + index + " " + problem);
  }

  /** The text for a message, without a query or fragment, which may hold secrets. */
  private String shown() {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
      end++;
    }
    return Quoted.text(end < text.length() ? text.substring(0, end + 1) + "***" : text);
  }

  /** Refuses an "@" at or after an index, without showing the text, which may hold a password. */
  void refuseUserInfo(int from) {
    int index = text.lastIndexOf('@');
    if (index >= from) {
      throw new IllegalArgumentException(kind
          + " (not shown, it may hold a password): the user info before the \"@\" at index "
          + index
          + " does not belong here; give it to the client");
    }
  }

  /** Refuses white space, control characters, and characters that change how their surroundings are displayed. */
  void refuseBlanks() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        throw refused("the white space", i, "does not belong here");
      }
      // Strict: IDNA drops invisible characters, so two texts could differ invisibly. It does not
      // drop joiners,
      // which mean something between some letters.
      boolean invisible =
          Character.getType(c) == Character.FORMAT && c != '\u200C' && c != '\u200D';
      if (Character.isISOControl(c) || invisible) {
        throw refused("the control character", i, "does not belong here");
      }
      if (c == '\\') {
        throw refused("the backslash", i, "does not belong here");
      }
    }
  }
}
