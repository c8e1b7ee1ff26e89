package dev.wireline.header;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;

/** Converts names and values between text and bytes (RFC 9110, sections 5.1 and 5.5). */
final class FieldText {
  private FieldText() {}

  static void checkName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header name is empty");
    }
    for (int i = 0; i < name.length(); i++) {
      if (!Ascii.isTokenChar(name.charAt(i))) {
        throw new IllegalArgumentException("the header name "
            + Quoted.text(name)
            + " is no token: "
            + codePoint(name, i)
            + " at index "
            + i);
      }
    }
  }

  /** Checks a value from its first to its last character that is not a space. */
  static void checkValue(String name, String value, int start, int end, SecretNames secrets) {
    for (int i = start; i < end; i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c >= 0x7F) {
        throw new IllegalArgumentException("the value of header "
            + name
            + " has "
            + (c > 0x7F ? "a character that is not ASCII" : "a control character")
            + (secrets.contains(name) ? "" : ", " + codePoint(value, i) + ",")
            + " at index "
            + i);
      }
    }
  }

  static void checkOctets(String name, byte[] value, int start, int end) {
    for (int i = start; i < end; i++) {
      if ((value[i] >= 0 && value[i] < ' ' && value[i] != '\t') || value[i] == 0x7F) {
        throw new IllegalArgumentException(
            "the value of header " + name + " has a control character at index " + i);
      }
    }
  }

  static int valueStart(String value) {
    int start = 0;
    while (start < value.length() && isBlank(value.charAt(start))) {
      start++;
    }
    return start;
  }

  static int valueEnd(String value, int start) {
    int end = value.length();
    while (end > start && isBlank(value.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Whether a character or byte is a space or tab (section 5.6.3). */
  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private static String codePoint(String text, int index) {
    return String.format("U+%04X", text.codePointAt(index));
  }
}
