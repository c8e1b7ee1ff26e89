package dev.wireline.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Converts between bytes and text without loss: what a charset does not know is never silently replaced. */
public final class StrictText {
  private static final char REPLACEMENT = '\uFFFD';

  private StrictText() {}

  /**
   * Decodes bytes.
   *
   * @param bytes where the bytes are
   * @param offset the first of them
   * @param length how many there are
   * @param charset their charset
   * @return the text
   * @throws CharacterCodingException if the bytes are not text in that charset
   */
  public static String decode(byte[] bytes, int offset, int length, Charset charset)
      throws CharacterCodingException {
    if (charset.equals(StandardCharsets.ISO_8859_1)) {
      return new String(bytes, offset, length, charset);
    }
    if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
      String text = new String(bytes, offset, length, charset);
      // A replacement character is nearly always an error, but UTF-8 may also spell one out.
      if (text.indexOf(REPLACEMENT) < 0) {
        return text;
      }
    }
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, offset, length))
        .toString();
  }

  /**
   * Decodes bytes whose charset nobody tells: UTF-8 where they are well formed, else ISO-8859-1.
   *
   * @param bytes where the bytes are
   * @param from the first of them
   * @param to the end of them, not included
   * @return the text
   */
  public static String utf8OrLatin1(byte[] bytes, int from, int to) {
    try {
      return decode(bytes, from, to - from, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Encodes text in UTF-8.
   *
   * @param what what the text is, for the message, which does not show it
   * @param text the text
   * @return its bytes
   * @throws IllegalArgumentException if it has half of a surrogate pair, which no charset knows
   */
  public static byte[] utf8(String what, String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the " + what + " has half of a surrogate pair", e);
    }
  }
}
