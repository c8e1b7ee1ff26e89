package dev.wireline.smtp;

import java.util.Optional;

/** The enhanced status code that a reply's text may start with (RFC 2034, section 4; RFC 3463, section 2). */
final class EnhancedCode {
  private static final int MAX_DIGITS = 3;

  private EnhancedCode() {}

  /** {@code 5.1.1} before a text with code 550; empty if there is none, or one of another class. */
  static Optional<String> of(int code, String text) {
    int end = text.indexOf(' ');
    String word = end < 0 ? text : text.substring(0, end);
    if (word.length() < 5 || word.charAt(0) != '0' + code / 100 || word.charAt(1) != '.') {
      return Optional.empty();
    }
    int dot = word.indexOf('.', 2);
    return isNumber(word, 2, dot) && isNumber(word, dot + 1, word.length())
        ? Optional.of(word)
        : Optional.empty();
  }

  private static boolean isNumber(String text, int from, int to) {
    if (to <= from || to - from > MAX_DIGITS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
