package dev.wireline.url;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of text as UTF-8 (RFC 3986, section 2). */
public final class PercentCoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String UNRESERVED_MARKS = "-._~";

  private PercentCoding() {}

  static boolean isLetterOrDigit(int c) {
    int lower = Ascii.lower(c);
    return (lower >= 'a' && lower <= 'z') || Ascii.isDigit(c);
  }

  /**
   * A parameter of a query. All but letters, digits and {@code -._~} is encoded.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return such as {@code name=a%20value}
   * @throws IllegalArgumentException if name or value have a lone surrogate
   */
  public static String parameter(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return encode(name) + "=" + encode(value);
  }

  /** Encodes all but the unreserved characters (section 2.3). */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      int octet = bytes.get() & 0xFF;
      if (isLetterOrDigit(octet) || UNRESERVED_MARKS.indexOf(octet) >= 0) {
        out.append((char) octet);
      } else {
        append(out, octet);
      }
    }
    return out.toString();
  }

  /** The text from an index on, with blanks and what is beyond ASCII encoded, the rest as it is. */
  static String encodeBeyondAscii(byte[] text, int from) {
    StringBuilder out = new StringBuilder(text.length + 16);
    for (int i = from; i < text.length; i++) {
      int octet = text[i] & 0xFF;
      if (octet == ' ' || octet > 0x7F) {
        append(out, octet);
      } else {
        out.append((char) octet);
      }
    }
    return out.toString();
  }

  /** Decodes ASCII text in which each {@code %} starts a {@code %HH}; null where it is no UTF-8. */
  static @Nullable String decode(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int octet = text.charAt(i);
      if (octet == '%') {
        octet = Ascii.hexDigit(text.charAt(i + 1)) << 4 | Ascii.hexDigit(text.charAt(i + 2));
        i += 2;
      }
      bytes[length++] = (byte) octet;
    }
    try {
      return StrictText.decode(bytes, 0, length, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Adds one byte, 0 to 255, as {@code %HH}. */
  static void append(StringBuilder out, int octet) {
    out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xF]);
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text has a lone surrogate and no form in UTF-8", e);
    }
  }
}
