package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.List;

/**
 * No address of the peer could be connected. Each attempt's exception is suppressed inside, with what the
 * system said as its cause.
 */
public class ConnectFailedException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * A dial that failed.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, with the facts
   * @param attempts the failure of each address, in the order in which they were tried
   */
  // What escapes is a Throwable whose final method takes the attempts; no subclass sees it.
  @SuppressWarnings("this-escape")
  public ConnectFailedException(
      Endpoint endpoint, Activity activity, String happened, List<? extends IOException> attempts) {
    super(endpoint, activity, happened, false);
    attempts.forEach(this::addSuppressed);
  }

  /** A dial that never got to an attempt. */
  ConnectFailedException(Endpoint endpoint, Activity activity, String happened, Throwable cause) {
    super(endpoint, activity, activity.phase(), happened, false, cause);
  }
}
