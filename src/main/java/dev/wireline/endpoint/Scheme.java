package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;

/** The grammar of URL schemes (RFC 3986, section 3.1), and those that every endpoint accepts. */
final class Scheme {

  static final String TLS = "tls";
  static final String UNIX = "unix";

  private Scheme() {}

  static boolean isScheme(String text) {
    return isLowerCaseScheme(Characters.lowerCase(text));
  }

  static boolean isLowerCaseScheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean behindTheFirst = Ascii.isDigit(c) || "+-.".indexOf(c) >= 0;
      if (!isLowerCaseLetter(c) && !(behindTheFirst && i > 0)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isLowerCaseLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
