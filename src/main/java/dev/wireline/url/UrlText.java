package dev.wireline.url;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;

/**
 * A text that is being parsed as a URL, which can say what is wrong with it and where. Immutable.
 *
 * @param text the whole text as it was given
 */
record UrlText(String text) {
  /** Creates the exception for a part of the text that violates the grammar. */
  IllegalArgumentException refused(String part, int index, String problem) {
    return new IllegalArgumentException(
        "URL " + shown() + ": " + part + " at index " + index + " " + problem);
  }

  /** The text for a message: without a query or fragment, and left out entirely if it contains an "@". */
  String shown() {
    if (text.indexOf('@') >= 0) {
      return "(not shown, it may hold a password)";
    }
    int end = firstOf("?#", 0);
    return Quoted.text(end < text.length() ? text.substring(0, end + 1) + "***" : text);
  }

  /** What a text without a proper scheme was probably meant to be, as the end of a message; may be empty. */
  String meant() {
    String guess = text.indexOf('@') >= 0 ? "" : MeantUrl.of(text.substring(0, firstOf("?#", 0)));
    return guess.isEmpty() ? "" : "; perhaps " + guess + " is meant";
  }

  /** Refuses characters that are allowed nowhere in a URL. */
  void checkCharacters() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ') {
        throw refused("the blank", i, "does not belong here; percent-encode it as %20");
      }
      if (Character.isISOControl(c)) {
        throw refused("the control character", i, "does not belong here");
      }
      if (c == '\\') {
        throw refused("the backslash", i, "does not belong here; percent-encode it as %5C");
      }
    }
  }

  /** Refuses a percent sign without its two digits between two indexes. */
  void checkPercent(int from, int to) {
    for (int i = text.indexOf('%', from); i >= 0 && i < to; i = text.indexOf('%', i + 1)) {
      boolean digits = i + 2 < to
          && Ascii.hexDigit(text.charAt(i + 1)) >= 0
          && Ascii.hexDigit(text.charAt(i + 2)) >= 0;
      if (!digits) {
        throw refused("the percent sign", i, "must be followed by two hexadecimal digits");
      }
    }
  }

  /** The index of the first of these characters at or after an index; the length if there is none. */
  int firstOf(String characters, int from) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  /** Whether the text starts with lower-case ASCII, in any case of its letters. */
  boolean startsWith(String prefix) {
    // Not by regionMatches: it takes the long s for an s.
    for (int i = 0; i < prefix.length(); i++) {
      if (i == text.length() || Ascii.lower(text.charAt(i)) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
