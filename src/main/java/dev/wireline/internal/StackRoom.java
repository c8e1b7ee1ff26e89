package dev.wireline.internal;

/**
 * Room on the stack for a step that must not end half way.
 *
 * <p>A lock that is taken where the stack ends is held for ever: the JDK takes it, and throws at the end
 * of {@code lock()}, before the {@code try}. So the end is met before.
 */
public final class StackRoom {
  private static final int CALLS = 64;

  private StackRoom() {}

  /**
   * Finds that some more calls can be made.
   *
   * @throws StackOverflowError when there is no room for them; nothing was done
   */
  public static void check() {
    if (down(CALLS) != CALLS) {
      throw new AssertionError("a call was not made");
    }
  }

  private static int down(int calls) {
    return calls == 0 ? 0 : 1 + down(calls - 1);
  }
}
