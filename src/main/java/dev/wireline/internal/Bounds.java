package dev.wireline.line;

/** The check of a bound that a caller sets. */
final class Bounds {
  private Bounds() {}

  static int check(String name, int value) {
    return (int) check(name, (long) value);
  }

  static long check(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
    return value;
  }
}
