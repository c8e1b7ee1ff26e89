package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** The peer hung up or reset the connection too early; {@link #received()} holds what had been read by then. */
public final class ConnectionClosedException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final byte[] received;

  /**
   * A connection that ended too early.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, with the facts
   * @param received what had been read of the line or block; empty where there is nothing
   * @param cause what lies below, or null
   */
  public ConnectionClosedException(
      Endpoint endpoint,
      Activity activity,
      String happened,
      byte[] received,
      @Nullable Throwable cause) {
    super(endpoint, activity, activity.phase(), happened, false, cause);
    this.received = received.clone();
  }

  /**
   * What had been read of the line or block that was cut.
   *
   * @return a copy of those bytes; empty if there are none
   */
  public byte[] received() {
    return received.clone();
  }
}
