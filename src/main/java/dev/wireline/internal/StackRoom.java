package dev.wireline.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Room on the stack for a step that must not end half way.
 *
 * <p>A lock that is taken at the end of the stack would be held for ever: the JDK takes it, and throws at the
 * end of {@code lock()}, before the {@code try}. So the overflow is provoked before that.
 */
public final class StackRoom {
  private static final int CALLS = 64;

  private StackRoom() {}

  /**
   * Finds that some more calls can be made.
   *
   * @throws StackOverflowError if there is no room for them; nothing was done
   */
  public static void check() {
    check(CALLS);
  }

  /**
   * Finds that there is room for a step and, when what follows it meets the end of the stack, for the one
   * that takes it back, which checks for itself.
   *
   * @throws StackOverflowError if there is no room for them; nothing was done
   */
  public static void checkForTwo() {
    check(2 * CALLS);
  }

  /**
   * Takes a lock, to be given back in a {@code finally}.
   *
   * @param lock the lock
   * @throws StackOverflowError if there is no room; the lock was not taken
   */
  public static void lock(ReentrantLock lock) {
    check();
    lock.lock();
  }

  private static void check(int calls) {
    if (down(calls) != calls) {
      throw new AssertionError("a call was not made");
    }
  }

  private static int down(int calls) {
    return calls == 0 ? 0 : 1 + down(calls - 1);
  }
}
