package dev.wireline.pop3;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The code in brackets at the start of a reply's text (RFC 2449, section 8). No I/O. */
final class ResponseCode {
  private static final Set<String> TRANSIENT = Set.of("IN-USE", "LOGIN-DELAY", "SYS/TEMP");

  private ResponseCode() {}

  /** The code in upper case; null if the text does not start with one. */
  static @Nullable String of(String text) {
    int end = text.indexOf(']');
    if (end < 2 || text.charAt(0) != '[') {
      return null;
    }
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '[') {
        return null;
      }
    }
    return text.substring(1, end).toUpperCase(Locale.ROOT);
  }

  static boolean isTransient(String code) {
    return TRANSIENT.contains(code);
  }
}
