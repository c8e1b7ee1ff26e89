package dev.wireline.header;

import dev.wireline.internal.Ascii;
import java.util.List;

/** Comma-separated lists (RFC 9110, section 5.6.1). */
final class CommaList {
  private CommaList() {}

  /**
   * Whether an element of the list is that token. A comma inside a quoted string separates nothing; an unclosed
   * quote is an ordinary character, so that it hides nothing after it.
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

  /**
   * Adds the elements of the list, without surrounding spaces; empty ones are skipped (section 5.6.1.2). Commas
   * and quotes count as in {@link #has}.
   */
  static void split(String text, List<String> elements) {
    boolean quotesClose = true;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ',') {
        add(text, start, i, elements);
        start = i + 1;
      } else if (text.charAt(i) == '"' && quotesClose) {
        int close = closingQuote(text, i + 1);
        quotesClose = close >= 0;
        i = quotesClose ? close : i;
      }
    }
    add(text, start, text.length(), elements);
  }

  private static void add(String text, int from, int to, List<String> elements) {
    String element = text.substring(from, to);
    int start = FieldText.valueStart(element);
    int end = FieldText.valueEnd(element, start);
    if (start < end) {
      elements.add(element.substring(start, end));
    }
  }

  private static int closingQuote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return -1;
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
