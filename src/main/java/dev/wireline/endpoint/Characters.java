package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;

/** Compares and converts ASCII text independently of locale and other scripts. */
final class Characters {

  private Characters() {}

  static boolean isLetterOrDigit(int c) {
    int lower = Ascii.lower(c);
    return (lower >= 'a' && lower <= 'z') || Ascii.isDigit(c);
  }

  static boolean areAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static boolean areDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean areHexDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Ascii.hexDigit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  static String lowerCase(String text) {
    if (isLowerCase(text)) {
      return text;
    }
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append((char) Ascii.lower(text.charAt(i)));
    }
    return lower.toString();
  }

  private static boolean isLowerCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != Ascii.lower(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
