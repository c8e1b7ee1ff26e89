package dev.wireline.header;

import dev.wireline.internal.Ascii;

/** Elements with commas between them (RFC 9110, section 5.6.1). */
final class CommaList {
  private CommaList() {}

  /**
   * Whether an element of the list is that token. A comma inside a quoted string parts nothing; a
   * quote that is never closed is a character like others, so that it hides nothing behind it.
   */
  static boolean has(byte[] bytes, int from, int to, String token) {
    boolean quotesClose = true;
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == ',') {
        if (isElement(bytes, start, i, token)) {
          return true;
        }
        start = i + 1;
      } else if (bytes[i] == '"' && quotesClose) {
        int close = closingQuote(bytes, i + 1, to);
        quotesClose = close >= 0;
        i = quotesClose ? close : i;
      }
    }
    return isElement(bytes, start, to, token);
  }

  private static boolean isElement(byte[] bytes, int from, int to, String token) {
    int start = from;
    int end = to;
    while (start < end && FieldText.isBlank(bytes[start])) {
      start++;
    }
    while (end > start && FieldText.isBlank(bytes[end - 1])) {
      end--;
    }
    return start < end && Ascii.equalsIgnoreCase(bytes, start, end, token);
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }
}
