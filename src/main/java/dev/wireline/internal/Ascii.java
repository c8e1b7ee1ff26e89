package dev.wireline.internal;

/** The classes of ASCII characters in the grammars of RFC 9110 and related RFCs. */
public final class Ascii {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      TOKEN[c] = true;
      TOKEN[c + 32] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private Ascii() {}

  /**
   * Whether a character may be part of a token (RFC 9110, section 5.6.2).
   *
   * @param c a character, or a byte as 0 to 255
   * @return true for a tchar
   */
  public static boolean isTokenChar(int c) {
    return c >= 0 && c < 128 && TOKEN[c];
  }

  /**
   * Whether a text is a token: one or more tchars (RFC 9110, section 5.6.2).
   *
   * @param text the text
   * @return true for a token
   */
  public static boolean isToken(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return text.length() > 0;
  }

  /**
   * Whether a character is a decimal digit.
   *
   * @param c a character, or a byte
   * @return true for 0 to 9
   */
  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /**
   * The value of a hexadecimal digit.
   *
   * @param c a character, or a byte
   * @return 0 to 15, or -1 if it is not one
   */
  public static int hexDigit(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /**
   * The lower-case form of an ASCII letter; any other character as it is.
   *
   * @param c a character, or a byte
   * @return the character to compare by
   */
  public static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /**
   * Whether bytes spell an ASCII text, ignoring case.
   *
   * @param bytes where the bytes are
   * @param from the first of them
   * @param to the end of them, not included
   * @param text the ASCII text
   * @return true if length and letters agree
   */
  public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (lower(bytes[from + i]) != lower(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Parses a decimal number that consists of digits only: no sign, no space, no overflow.
   *
   * @param text the digits
   * @param max the largest value allowed, inclusive
   * @return the number, or -1 if the text is not one or the number is larger
   */
  public static long decimal(CharSequence text, long max) {
    if (text.length() == 0) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > Math.min(9, max) || value > (max - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /**
   * Reads a number of bytes as {@link #decimal(CharSequence, long)} reads one of characters.
   *
   * @param bytes hold the text
   * @param from where it starts
   * @param to where it ends, not included
   * @return the number, or -1 if the text is not all digits or is greater than {@link Long#MAX_VALUE}
   */
  public static long decimal(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return from == to ? -1 : value;
  }
}
