package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.List;

/** Nobody listens: every address of the peer refused the connection. */
public final class ConnectionRefusedException extends ConnectFailedException {
  private static final long serialVersionUID = 1;

  /**
   * A refused dial.
   *
   * @param endpoint the peer
   * @param happened what happened, with the facts
   * @param attempts the refusal of each address, in the order in which they were tried
   */
  public ConnectionRefusedException(
      Endpoint endpoint, String happened, List<? extends IOException> attempts) {
    super(endpoint, Activity.CONNECTING, happened, attempts);
  }
}
