package dev.wireline.internal;

import java.nio.charset.StandardCharsets;

/**
 * Makes text from others fit for a message: quoted, shortened, and with nothing in it that a terminal or a log
 * would act on.
 *
 * <p>What a peer sent or a caller passed reaches exception messages and logs only through this class.
 */
public final class Quoted {
  /** How many characters are shown before the text is cut. */
  public static final int MAX_CHARS = 80;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Quoted() {}

  /**
   * Quotes text.
   *
   * @param text what is to be shown
   * @return the text in double quotes; past {@link #MAX_CHARS} characters it is cut and its length
   *     is told
   */
  public static String text(CharSequence text) {
    int shown = Math.min(text.length(), MAX_CHARS);
    if (shown < text.length() && Character.isHighSurrogate(text.charAt(shown - 1))) {
      shown--;
    }
    StringBuilder out = new StringBuilder(shown + 16).append('"');
    for (int i = 0; i < shown; ) {
      int point = Character.codePointAt(text, i);
      append(out, point);
      i += Character.charCount(point);
    }
    out.append('"');
    if (shown < text.length()) {
      out.append("... (").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  /**
   * Quotes bytes as ASCII; each other byte is shown as {@code \xNN}.
   *
   * @param bytes where the bytes are
   * @param from the first of them
   * @param to the end of them, not included
   * @return the bytes in double quotes; past {@link #MAX_CHARS} bytes they are cut and their number
   *     is told
   */
  public static String bytes(byte[] bytes, int from, int to) {
    int length = to - from;
    int shown = Math.min(length, MAX_CHARS);
    StringBuilder out = new StringBuilder(shown + 16).append('"');
    for (int i = 0; i < shown; i++) {
      int octet = bytes[from + i] & 0xFF;
      if (octet < 0x80) {
        append(out, octet);
      } else {
        hex(out.append("\\x"), octet, 2);
      }
    }
    out.append('"');
    if (shown < length) {
      out.append("... (").append(length).append(" bytes)");
    }
    return out.toString();
  }

  /**
   * Quotes all of the bytes.
   *
   * @param bytes the bytes
   * @return as {@link #bytes(byte[], int, int)}
   */
  public static String bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  /**
   * Escapes a whole text without quotes and without a cut, for transcripts and nested messages.
   *
   * @param text what is to be shown
   * @return the text with everything escaped that does not print
   */
  public static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point == '"' || point == '\\') {
        out.append((char) point);
      } else {
        append(out, point);
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '\r' -> out.append("\\r");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      default -> {
        if (point < 0x20 || point == 0x7F) {
          hex(out.append("\\x"), point, 2);
        } else if (point < 0x7F || prints(point)) {
          out.appendCodePoint(point);
        } else {
          hex(out.append("\\u{"), point, point > 0xFFFF ? 6 : 4).append('}');
        }
      }
    }
  }

  private static boolean prints(int point) {
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

  private static StringBuilder hex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX[value >> shift & 0xF]);
    }
    return out;
  }

  /**
   * Quotes bytes that are text in UTF-8 where they are well formed.
   *
   * @param bytes the bytes
   * @return the quoted text, or the quoted bytes where they are not UTF-8
   */
  public static String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text(text) : bytes(bytes);
  }
}
