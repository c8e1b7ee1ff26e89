package dev.wireline.testing;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text as bytes, one for each character (ISO-8859-1), and nothing replaced in silence. */
final class Latin1 {

  private Latin1() {}

  static byte[] bytes(String text) {
    Objects.requireNonNull(text, "text");
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw new IllegalArgumentException(
            "the character at index " + i + " is not in ISO-8859-1; pass the bytes instead");
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The bytes of text in UTF-8, a character each. */
  static String ofUtf8(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
