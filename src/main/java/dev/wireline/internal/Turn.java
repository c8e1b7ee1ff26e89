package dev.wireline.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The right to move bytes in one direction, held by one thread at a time.
 *
 * <p>A second thread in the same direction is a caller's mistake: it gets an exception at once and
 * nothing is interleaved.
 *
 * <p>A use that ends half way leaves the turn taken and marks it, with {@link #left}; whoever comes next
 * finds it and gives the connection up:
 *
 * <pre>{@code
 * turn.take();
 * try {
 *   ...
 *   turn.give();
 *   return answer;
 * } catch (Throwable e) {
 *   turn.left = e;
 *   ...
 *   throw e;
 * }
 * }</pre>
 */
public final class Turn {
  /**
   * What the last use ended by half way; null when it did not. A field, and set before all else: where
   * the stack or the memory is at its end, an assignment works and a call may not. To be looked at with
   * {@link #leftBy}.
   */
  public volatile @Nullable Throwable left;

  private final AtomicBoolean taken = new AtomicBoolean();
  private final String verb;

  /**
   * A turn that nobody has.
   *
   * @param verb what its holder does, for the message
   */
  public Turn(String verb) {
    this.verb = verb;
  }

  /**
   * Takes the turn.
   *
   * @throws TurnTakenException if another thread has it, or had it and ended half way; nothing was
   *     done
   */
  public void take() {
    if (!tryTake()) {
      throw refusal();
    }
  }

  /**
   * Takes the turn where nobody has it.
   *
   * @return whether the caller has it now
   */
  public boolean tryTake() {
    return taken.compareAndSet(false, true);
  }

  /**
   * Whether somebody has it now, or ended half way.
   *
   * @return false if it is free
   */
  public boolean isTaken() {
    return taken.get();
  }

  /** Gives the turn back. */
  public void give() {
    taken.setRelease(false);
  }

  /**
   * What the last use ended by half way, when nobody could say so of the connection yet.
   *
   * @return the error; null if there was none. A checked exception, or the refusal of a turn, ends a use in an
   *     orderly way, and is not seen here while that goes on.
   */
  public @Nullable Throwable leftBy() {
    Throwable by = left;
    boolean orderly = by instanceof TurnTakenException
        || !(by instanceof RuntimeException || by instanceof Error);
    return orderly ? null : by;
  }

  /**
   * Gives a turn back that was left half way, once the connection says so itself.
   *
   * @throws StackOverflowError if there is no room for it; the mark stays for whoever comes next
   */
  public void giveLeft() {
    StackRoom.check();
    left = null;
    give();
  }

  /**
   * What a second thread gets.
   *
   * @return the exception, not thrown yet
   */
  public TurnTakenException refusal() {
    return new TurnTakenException(
        "another thread is " + verb + " on this connection: one thread a direction");
  }
}
