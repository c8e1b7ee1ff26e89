package dev.wireline.testing;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as text in quotes: UTF-8, with escapes for what is no text. */
final class Quotation {

  /** Stands for any byte. */
  static final char ANY = 0x100;

  private final String text;
  private int position = 1;
  private final StringBuilder octets = new StringBuilder();

  private Quotation(String text) {
    this.text = text;
  }

  /** Reads one quotation as a character a byte, ANY among them, or gives null when it is none. */
  static @Nullable String parse(String text) {
    String quoted = text.strip();
    if (quoted.length() < 2 || quoted.charAt(0) != '"') {
      return null;
    }
    Quotation quotation = new Quotation(quoted);
    return quotation.read() ? quotation.octets.toString() : null;
  }

  /** Writes a character a byte as one quotation in ASCII. */
  static String of(String octets) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < octets.length(); i++) {
      char octet = octets.charAt(i);
      switch (octet) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\\', '"' -> text.append('\\').append(octet);
        case ANY -> text.append("\\?");
        default -> {
          if (octet >= ' ' && octet < 0x7f) {
            text.append(octet);
          } else {
            text.append("\\x").append(Character.forDigit(octet >> 4, 16));
            text.append(Character.forDigit(octet & 0xf, 16));
          }
        }
      }
    }
    return text.append('"').toString();
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
        octets.append(Latin1.text(Character.toString(point).getBytes(StandardCharsets.UTF_8)));
      } else if (position == text.length() || !escape(text.charAt(position++))) {
        return false;
      }
    }
    return false;
  }

  private boolean escape(char kind) {
    switch (kind) {
      case 'r' -> octets.append('\r');
      case 'n' -> octets.append('\n');
      case 't' -> octets.append('\t');
      case '?' -> octets.append(ANY);
      case '\\', '"' -> octets.append(kind);
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
    octets.append((char) (high * 16 + low & 0xff));
    return high >= 0 && low >= 0;
  }
}
