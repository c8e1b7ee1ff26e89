package dev.wireline.internal;

/** A second thread in one direction: it is refused, and the first one goes on. */
public final class TurnTakenException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param message who is at work
   */
  public TurnTakenException(String message) {
    super(message);
  }
}
