package dev.wireline.net;

import dev.wireline.stability.NotFrozen;
import org.jspecify.annotations.Nullable;

/**
 * Holds back interrupts while a thread does something that must not stop half way: they end no wait, and the
 * thread's flag is set again at the end. Only for the thread that began it.
 */
@NotFrozen
public final class KeptInterrupts {
  private static final ThreadLocal<@Nullable KeptInterrupts> CURRENT = new ThreadLocal<>();

  private final @Nullable KeptInterrupts before;
  private boolean seen;

  private KeptInterrupts(@Nullable KeptInterrupts before) {
    this.before = before;
  }

  /**
   * Holds back the interrupts of the calling thread from now on.
   *
   * @return the object that holds them back until its {@link #end}
   */
  public static KeptInterrupts begin() {
    KeptInterrupts kept = new KeptInterrupts(CURRENT.get());
    CURRENT.set(kept);
    return kept;
  }

  /**
   * Whether the calling thread must end its wait. Clears the flag for an interrupt that is held back, since no
   * selector would wait with the flag set.
   */
  static boolean endsWait() {
    if (!Thread.currentThread().isInterrupted()) {
      return false;
    }
    KeptInterrupts kept = CURRENT.get();
    if (kept != null) {
      kept.seen |= Thread.interrupted();
    }
    return kept == null;
  }

  /**
   * Whether the calling thread was interrupted, and the interrupt is not held back.
   *
   * @return the thread's flag
   */
  public static boolean isFlagSet() {
    return Thread.currentThread().isInterrupted();
  }

  /** Sets the flag of the calling thread, for a wait that has cleared it. */
  public static void setFlag() {
    Thread.currentThread().interrupt();
  }

  /**
   * Whether the thread was interrupted meanwhile.
   *
   * @return true for an interrupt that is held back, or has just come
   */
  public boolean isSeen() {
    return seen || Thread.currentThread().isInterrupted();
  }

  /** Restores the thread's flag if an interrupt was held back. */
  public void end() {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
    if (seen) {
      Thread.currentThread().interrupt();
    }
  }
}
