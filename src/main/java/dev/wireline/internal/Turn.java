package dev.wireline.internal;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to move bytes in one direction, held by one thread at a time.
 *
 * <p>A second thread in the same direction is a caller's mistake: it gets an exception at once and
 * nothing is interleaved.
 */
public final class Turn {
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
   * @throws IllegalStateException when another thread has it; nothing was done
   */
  public void take() {
    if (!tryTake()) {
      throw new IllegalStateException(
          "another thread is " + verb + " on this connection: one thread a direction");
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

  /** Gives the turn back. */
  public void give() {
    taken.setRelease(false);
  }
}
