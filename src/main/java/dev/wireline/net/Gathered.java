package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import java.util.Arrays;

/** Bytes gathered up to a given number; the array grows with what arrives, not with what was announced. */
final class Gathered {
  private static final int FIRST_SIZE = 64 * 1024;

  private final int wanted;
  private byte[] bytes;
  private int size;

  Gathered(int wanted) {
    if (wanted < 0) {
      throw new IllegalArgumentException("a number of bytes must not be negative, not " + wanted);
    }
    this.wanted = wanted;
    this.bytes = new byte[Math.min(wanted, FIRST_SIZE)];
  }

  int missing() {
    return wanted - size;
  }

  /** Reads some of what is missing; false at the end of the input. */
  boolean takeFrom(WireInput input, Transport transport, Deadline deadline, Activity activity)
      throws WirelineException {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * size));
    }
    int count = input.readSome(transport, bytes, size, bytes.length - size, deadline, activity);
    if (count > 0) {
      size += count;
    }
    return count >= 0;
  }

  int size() {
    return size;
  }

  /** Cuts the array to what has come; returns how much that is. */
  int end() {
    bytes = bytes();
    return size;
  }

  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
