package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The client has no connection any more: it was closed before the call, or by another thread during it, or it
 * gave the connection up after an earlier failure, which is then the cause.
 */
public final class ClientClosedException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * A call on a client without a connection.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened why there is no connection
   * @param cause the failure after which the connection was given up, or null
   */
  public ClientClosedException(
      Endpoint endpoint, Activity activity, String happened, @Nullable Throwable cause) {
    super(endpoint, activity, activity.phase(), happened, false, cause);
  }
}
