package dev.wireline.url;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

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
   * Encodes a parameter of a query. Everything except letters, digits and {@code -._~} is encoded.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return such as {@code name=a%20value}
   * @throws IllegalArgumentException if the name or value has a lone surrogate
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

  /** The text from an index on, with spaces and non-ASCII encoded and the rest as it is. */
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

  /**
   * Decodes a part of a URL to bytes.
   *
   * @param text the part, encoded; non-ASCII characters in it count as UTF-8
   * @return the bytes
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits, or the text has a
   *     lone surrogate
   */
  public static byte[] decode(String text) {
    Objects.requireNonNull(text, "text");
    ByteBuffer in = utf8(text);
    byte[] bytes = new byte[in.remaining()];
    int length = 0;
    while (in.hasRemaining()) {
      int octet = in.get();
      bytes[length++] = octet == '%' ? escaped(in) : (byte) octet;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static byte escaped(ByteBuffer in) {
    int high = in.remaining() < 2 ? -1 : Ascii.hexDigit(in.get());
    int low = high < 0 ? -1 : Ascii.hexDigit(in.get());
    if (low < 0) {
      throw new IllegalArgumentException(
          "a percent sign in a URL must be followed by two hexadecimal digits");
    }
    return (byte) (high << 4 | low);
  }

  /**
   * Decodes a part of a URL to text.
   *
   * @param text the part, encoded
   * @return the text, which may contain anything that can be percent-encoded, including control characters
   * @throws IllegalArgumentException as {@link #decode}, or if it is not UTF-8 once decoded
   */
  public static String decodeText(String text) {
    byte[] bytes = decode(text);
    try {
      return StrictText.decode(bytes, 0, bytes.length, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a part of a URL is not UTF-8 once decoded", e);
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
