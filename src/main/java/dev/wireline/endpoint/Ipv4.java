package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;
import org.jspecify.annotations.Nullable;

/** The grammar of IPv4 addresses: four decimal numbers (RFC 3986, section 3.2.2, IPv4address). */
final class Ipv4 {

  private static final int PARTS = 4;

  private Ipv4() {}

  /** The four numbers, or null if the text is not an address. */
  static int @Nullable [] parse(String text) {
    int[] parts = new int[PARTS];
    int start = 0;
    for (int i = 0; i < PARTS; i++) {
      int dot = text.indexOf('.', start);
      boolean last = i == PARTS - 1;
      if (last != (dot < 0)) {
        return null;
      }
      parts[i] = part(text, start, last ? text.length() : dot);
      if (parts[i] < 0) {
        return null;
      }
      start = dot + 1;
    }
    return parts;
  }

  private static int part(String text, int from, int to) {
    boolean leadingZero = to - from > 1 && text.charAt(from) == '0';
    if (to == from || to - from > 3 || leadingZero) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return -1;
      }
      value = 10 * value + text.charAt(i) - '0';
    }
    return value <= 255 ? value : -1;
  }
}
