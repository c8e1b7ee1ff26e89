package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import java.util.Locale;
import java.util.Optional;

/** The parameters of a media type (RFC 9110 sections 5.6.6 and 8.3). */
public final class ContentType {
  private ContentType() {}

  /**
   * Whether this is that type, in any case of its letters and with any parameters.
   *
   * @param mediaType the value of a Content-Type field
   * @param type a type and subtype in lower case
   * @return true if it is
   */
  public static boolean is(String mediaType, String type) {
    int end = mediaType.indexOf(';');
    String bare = end < 0 ? mediaType : mediaType.substring(0, end);
    return bare.strip().toLowerCase(Locale.ROOT).equals(type);
  }

  /**
   * The value of a parameter, without its quotes.
   *
   * @param mediaType the value of a Content-Type field
   * @param name the parameter's name in lower case
   * @return the value; empty if it is not there or has no value
   */
  public static Optional<String> parameter(String mediaType, String name) {
    int at = mediaType.indexOf(';');
    while (at >= 0 && at < mediaType.length()) {
      int start = skipBlanks(mediaType, at + 1);
      int equals = start;
      while (equals < mediaType.length() && Ascii.isTokenChar(mediaType.charAt(equals))) {
        equals++;
      }
      boolean hasValue = equals < mediaType.length() && mediaType.charAt(equals) == '=';
      StringBuilder value = new StringBuilder();
      int end = hasValue ? value(mediaType, equals + 1, value) : equals;
      String found = mediaType.substring(start, equals).toLowerCase(Locale.ROOT);
      if (hasValue && found.equals(name) && value.length() > 0) {
        return Optional.of(value.toString());
      }
      at = mediaType.indexOf(';', end);
    }
    return Optional.empty();
  }

  /** Reads a token or a quoted string; returns the position after it. */
  private static int value(String text, int from, StringBuilder into) {
    int at = from;
    if (at < text.length() && text.charAt(at) == '"') {
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        into.append(text.charAt(at));
      }
      return at;
    }
    while (at < text.length() && Ascii.isTokenChar(text.charAt(at))) {
      into.append(text.charAt(at++));
    }
    return at;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
