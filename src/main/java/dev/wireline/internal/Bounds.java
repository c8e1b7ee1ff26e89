package dev.wireline.internal;

import java.time.Duration;

/**
 * Checks of the limits that a caller sets: each returns the value, or throws an exception that says what is
 * wrong.
 */
public final class Bounds {
  private Bounds() {}

  /**
   * A number without a highest value.
   *
   * @param name the setting, for the message
   * @param value 1 or more
   * @return the value
   * @throws IllegalArgumentException if it is less than 1
   */
  public static int check(String name, int value) {
    return (int) check(name, (long) value);
  }

  /**
   * A large number without a highest value.
   *
   * @param name the setting, for the message
   * @param value 1 or more
   * @return the value
   * @throws IllegalArgumentException if it is less than 1
   */
  public static long check(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
    return value;
  }

  /**
   * A number up to a power of two.
   *
   * @param name the setting, for the message
   * @param value the value
   * @param least the lowest value
   * @param power the exponent of the highest value, 0 to 30
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  public static int inRange(String name, int value, int least, int power) {
    if (value < least || value > 1 << power) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to 2^" + power + ", not " + value);
    }
    return value;
  }

  /**
   * A time to wait.
   *
   * @param name the setting, for the message
   * @param value more than zero
   * @return the value
   * @throws IllegalArgumentException if it is zero or less
   */
  public static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero, not " + value);
    }
    return value;
  }
}
