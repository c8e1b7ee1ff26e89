package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;

/** The grammar of URL schemes (RFC 3986, section 3.1), and those that every endpoint knows. */
final class Scheme {

  static final String TLS = "tls";
  static final String UNIX = "unix";

  private Scheme() {}

  static boolean isScheme(String text) {
    return isLowerCaseScheme(Characters.lowerCase(text));
  }

  static boolean isLowerCaseScheme(String text) {
    return !text.isEmpty()
        && isLowerCaseLetter(text.charAt(0))
        && text.chars()
            .allMatch(c -> isLowerCaseLetter(c) || Ascii.isDigit(c) || "+-.".indexOf(c) >= 0);
  }

  private static boolean isLowerCaseLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
