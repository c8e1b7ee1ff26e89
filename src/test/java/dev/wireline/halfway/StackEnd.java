package dev.wireline.halfway;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Runs steps so many calls before the end of a stack. */
final class StackEnd {
  private static final long STACK_BYTES = 256 * 1024;

  private StackEnd() {}

  /** What the steps gave, or threw. */
  static Object run(int callsLeft, Callable<Object> steps) throws InterruptedException {
    AtomicReference<Object> come = new AtomicReference<>();
    Thread thread = new Thread(
        null,
        () -> {
          int depth = depth();
          try {
            come.set(dive(depth - callsLeft, new int[1], steps));
          } catch (Throwable e) {
            come.set(e);
          }
        },
        "near the end of its stack",
        STACK_BYTES);
    thread.start();
    thread.join();
    return Objects.requireNonNull(come.get());
  }

  private static Object dive(int calls, int[] reached, Callable<Object> steps) throws Exception {
    reached[0]++;
    return calls <= 0 ? steps.call() : dive(calls - 1, reached, steps);
  }

  /** How many calls there is room for. */
  private static int depth() {
    int[] reached = new int[1];
    try {
      dive(Integer.MAX_VALUE, reached, () -> "");
      return 0;
    } catch (StackOverflowError e) {
      return reached[0];
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
