package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;

/** Texts of ASCII characters, told apart without a locale or the letters of other scripts. */
final class Characters {

  private Characters() {}

  static boolean isLetterOrDigit(int c) {
    int lower = Ascii.lower(c);
    return (lower >= 'a' && lower <= 'z') || Ascii.isDigit(c);
  }

  static boolean areAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  static boolean areDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
  }

  static boolean areHexDigits(String text) {
    return text.chars().allMatch(c -> Ascii.hexDigit(c) >= 0);
  }

  static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append((char) Ascii.lower(text.charAt(i)));
    }
    return lower.toString();
  }
}
