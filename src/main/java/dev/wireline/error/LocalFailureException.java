package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.List;

/**
 * A failure of this host: it ran out of file descriptors or memory, has no route, or denies permission. It says
 * nothing about the peer, and nothing is retried because of it.
 */
public final class LocalFailureException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * A failure on a connection.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what the system said, with the facts
   * @param cause what lies below
   */
  public LocalFailureException(
      Endpoint endpoint, Activity activity, String happened, Throwable cause) {
    super(endpoint, activity, activity.phase(), happened, false, cause);
  }

  /**
   * A dial without a socket.
   *
   * @param endpoint the peer
   * @param happened what the system said, with the facts
   * @param attempts the failure of each address, in the order in which they were tried
   */
  // What escapes is a Throwable whose final method takes the attempts; no subclass sees it.
  @SuppressWarnings("this-escape")
  public LocalFailureException(
      Endpoint endpoint, String happened, List<? extends IOException> attempts) {
    super(endpoint, Activity.CONNECTING, happened, false);
    attempts.forEach(this::addSuppressed);
  }
}
