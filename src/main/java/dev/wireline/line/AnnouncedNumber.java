package dev.wireline.line;

import java.nio.ByteOrder;

/** The grammar of lengths before data, other than in decimal digits. No I/O. */
final class AnnouncedNumber {
  /** Stands for anything that is not a number. */
  static final long NONE = -1;

  static final int MAX_HEX_DIGITS = 15;

  private AnnouncedNumber() {}

  /** The value of 1 to 15 hexadecimal digits, in upper or lower case, or NONE. */
  static long ofHex(String digits) {
    if (digits.isEmpty() || digits.length() > MAX_HEX_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0) {
        return NONE;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** The value of up to eight bytes, of which the first bit is a sign or part of the number. */
  static long of(byte[] bytes, ByteOrder order, boolean signed) {
    boolean bigEndian = order == ByteOrder.BIG_ENDIAN;
    long value = signed && bytes[bigEndian ? 0 : bytes.length - 1] < 0 ? -1 : 0;
    for (int i = 0; i < bytes.length; i++) {
      value = (value << 8) | (bytes[bigEndian ? i : bytes.length - 1 - i] & 0xFF);
    }
    return value;
  }
}
