package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;

/** The calling thread was interrupted while it waited; its interrupt flag stays set. */
public final class CallInterruptedException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * An interrupted wait.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened the facts
   */
  public CallInterruptedException(Endpoint endpoint, Activity activity, String happened) {
    this(endpoint, activity, happened, false);
  }

  /**
   * An interrupted wait, perhaps of this call alone.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened the facts
   * @param connectionUsable whether the connection can go on being used
   */
  public CallInterruptedException(
      Endpoint endpoint, Activity activity, String happened, boolean connectionUsable) {
    super(endpoint, activity, activity.phase(), happened, connectionUsable, null);
  }
}
