package dev.wireline.halfway;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Runs steps with little memory left. */
final class HeapEnd {
  private HeapEnd() {}

  private static final Object[] FILLING = new Object[1 << 18];

  /** What the steps gave, or threw. */
  static Object run(int free, Callable<Object> steps) {
    byte[] reserve = new byte[free];
    int filled = 0;
    try {
      for (int size = 1 << 16; size >= 64; size /= 1 << 10) {
        filled = fill(filled, size);
      }
      // That is the memory that the steps have.
      reserve[0] = 1;
      reserve = null;
      return steps.call();
    } catch (Throwable e) {
      return e;
    } finally {
      Arrays.fill(FILLING, null);
    }
  }

  private static int fill(int filled, int size) {
    int next = filled;
    try {
      while (next < FILLING.length) {
        FILLING[next] = new byte[size];
        next++;
      }
    } catch (OutOfMemoryError e) {
      // That much is full.
    }
    return next;
  }
}
