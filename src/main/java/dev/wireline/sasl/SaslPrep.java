package dev.wireline.sasl;

import java.text.Normalizer;
import java.util.Objects;

/**
 * SASLprep (RFC 4013): names and passwords that look the same become the same bytes.
 *
 * <p><b>Lenient:</b> whether a character is assigned depends on the platform's Unicode and not on version 3.2,
 * so newer scripts and emoji are accepted.
 */
final class SaslPrep {
  private SaslPrep() {}

  static String prepare(String what, String value) {
    if (isPlainAscii(Objects.requireNonNull(value, what))) {
      return value;
    }
    Credential.checked(what, value);
    String prepared = Normalizer.normalize(mapped(value), Normalizer.Form.NFKC);
    prepared.codePoints().forEach(c -> check(what, c));
    checkDirection(what, prepared);
    return prepared;
  }

  private static boolean isPlainAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Section 2.1: other spaces become a space, and what is commonly mapped to nothing is dropped. */
  private static String mapped(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value
        .codePoints()
        .filter(c -> !isNothing(c))
        .map(c -> isSpace(c) ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** RFC 3454, table C.1.2. */
  private static boolean isSpace(int c) {
    return c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200B)
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** RFC 3454, table B.1. */
  private static boolean isNothing(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x1806
        || (c >= 0x180B && c <= 0x180D)
        || c == 0x200C
        || c == 0x200D
        || c == 0x2060
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFEFF;
  }

  /** Section 2.3. */
  private static void check(String what, int c) {
    boolean prohibited = switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> (c >= 0x2FF0 && c <= 0x2FFB) || (c >= 0xFFF9 && c <= 0xFFFD);
    };
    if (prohibited) {
      throw new IllegalArgumentException(
          "the " + what + " holds a character that SASLprep prohibits (RFC 4013, section 2.3)");
    }
  }

  /** Section 2.4: right-to-left text starts and ends as such, and contains nothing left-to-right. */
  private static void checkDirection(String what, String value) {
    if (value.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
      return;
    }
    boolean mixed = value
        .codePoints()
        .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    if (mixed
        || !isRightToLeft(value.codePointAt(0))
        || !isRightToLeft(value.codePointBefore(value.length()))) {
      throw new IllegalArgumentException(
          "the " + what + " mixes directions of text (RFC 4013, section 2.4)");
    }
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
