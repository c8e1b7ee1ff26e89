package dev.wireline.testing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text of a peer made fit for messages: no character in it acts on what shows it. */
final class Escaped {

  private static final int MAX_CHARS = 500;

  private Escaped() {}

  /** Shows bytes as UTF-8 text, or as hexadecimal escapes where they are none. */
  static String bytes(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return escape(Latin1.text(bytes), 0x7f);
    }
    return escape(text, Character.MAX_CODE_POINT);
  }

  /** Shows text. */
  static String text(String text) {
    return escape(text, Character.MAX_CODE_POINT);
  }

  private static String escape(String text, int lastPlain) {
    StringBuilder shown = new StringBuilder();
    int limit = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < limit; ) {
      int point = text.codePointAt(i);
      append(shown, point, point <= lastPlain);
      i += Character.charCount(point);
    }
    if (limit < text.length()) {
      shown.append("... (").append(text.length()).append(" characters)");
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point, boolean plain) {
    switch (point) {
      case '\r' -> shown.append("\\r");
      case '\n' -> shown.append("\\n");
      case '\t' -> shown.append("\\t");
      case '\\' -> shown.append("\\\\");
      default -> {
        if (plain && prints(point)) {
          shown.appendCodePoint(point);
        } else {
          shown.append(String.format(Locale.ROOT, point > 0xff ? "\\u{%x}" : "\\x%02x", point));
        }
      }
    }
  }

  /** Whether a character shows as itself and moves nothing. */
  static boolean prints(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
