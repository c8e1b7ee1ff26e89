package dev.wireline.cli;

/** Foreign text for one line of a terminal. */
final class Printable {
  private Printable() {}

  /** The text with a mark in the place of each control character. */
  static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isFormat(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** Such as those that turn the direction of writing. */
  private static boolean isFormat(int c) {
    return Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }
}
