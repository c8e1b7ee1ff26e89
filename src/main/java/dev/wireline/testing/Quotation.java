package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as text in quotes: UTF-8, with escapes for what is no text. */
final class Quotation {

  private final String text;
  private int position = 1;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Quotation(String text) {
    this.text = text;
  }

  /** Reads one quotation as a character a byte, or gives null when it is none. */
  static @Nullable String parse(String text) {
    String quoted = text.strip();
    if (quoted.length() < 2 || quoted.charAt(0) != '"') {
      return null;
    }
    Quotation quotation = new Quotation(quoted);
    return quotation.read() ? Latin1.text(quotation.bytes.toByteArray()) : null;
  }

  /** Reads up to the closing quote; tells whether that ends the text. */
  private boolean read() {
    while (position < text.length()) {
      int point = text.codePointAt(position);
      position += Character.charCount(point);
      if (point == '"') {
        return position == text.length();
      }
      if (point != '\\') {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      } else if (position == text.length() || !escape(text.charAt(position++))) {
        return false;
      }
    }
    return false;
  }

  private boolean escape(char kind) {
    switch (kind) {
      case 'r' -> bytes.write('\r');
      case 'n' -> bytes.write('\n');
      case 't' -> bytes.write('\t');
      case '\\', '"' -> bytes.write(kind);
      case 'x' -> {
        return hexadecimal();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean hexadecimal() {
    if (position + 2 > text.length()) {
      return false;
    }
    int high = Character.digit(text.charAt(position), 16);
    int low = Character.digit(text.charAt(position + 1), 16);
    position += 2;
    bytes.write(high * 16 + low);
    return high >= 0 && low >= 0;
  }
}
