package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a parameter with a charset, {@code utf-8'en'na%C3%AFve} (RFC 8187, section 3.2). */
final class ExtendedValue {
  private ExtendedValue() {}

  /** The text, or null if it is not valid; UTF-8 and ISO-8859-1 are supported. */
  static @Nullable String decode(String value) {
    int first = value.indexOf('\'');
    int second = value.indexOf('\'', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    Charset charset = charset(value.substring(0, first));
    return charset == null ? null : decode(value.substring(second + 1), charset);
  }

  private static @Nullable Charset charset(String name) {
    if (name.equalsIgnoreCase("utf-8")) {
      return StandardCharsets.UTF_8;
    }
    return name.equalsIgnoreCase("iso-8859-1") ? StandardCharsets.ISO_8859_1 : null;
  }

  /** Decodes percent-encoded text; null if a percent sign lacks its digits or the octets are not text. */
  static @Nullable String decode(String text, Charset charset) {
    byte[] octets = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Ascii.hexDigit(text.charAt(i + 1)) : -1;
        int low = high < 0 ? -1 : Ascii.hexDigit(text.charAt(i + 2));
        if (low < 0) {
          return null;
        }
        octets[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        octets[length++] = (byte) c;
      } else {
        return null;
      }
    }
    try {
      return StrictText.decode(octets, 0, length, charset);
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
