package dev.wireline.net;

import dev.wireline.stability.NotFrozen;
import org.jspecify.annotations.Nullable;

/**
 * The interrupts of a thread while it does what must not end half way: they end no wait, and the thread's
 * flag is set again at the end. For one thread, the one that began it.
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
   * Keeps the interrupts of the calling thread from now on.
   *
   * @return what keeps them, up to its {@link #end}
   */
  public static KeptInterrupts begin() {
    KeptInterrupts kept = new KeptInterrupts(CURRENT.get());
    CURRENT.set(kept);
    return kept;
  }

  /**
   * Whether the calling thread has to end its wait. An interrupt that is kept is taken from the thread's
   * flag, with which no selector would wait.
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
   * Whether the calling thread was interrupted, and nothing has kept that.
   *
   * @return the thread's flag
   */
  public static boolean isFlagSet() {
    return Thread.currentThread().isInterrupted();
  }

  /** Sets the flag of the calling thread, for a wait that has taken it. */
  public static void setFlag() {
    Thread.currentThread().interrupt();
  }

  /**
   * Whether the thread was interrupted meanwhile.
   *
   * @return true for an interrupt that is kept, or has just come
   */
  public boolean isSeen() {
    return seen || Thread.currentThread().isInterrupted();
  }

  /** Gives back to the thread's flag what was kept. */
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
