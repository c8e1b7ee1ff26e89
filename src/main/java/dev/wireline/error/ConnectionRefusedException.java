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
    this(endpoint, Activity.CONNECTING, happened, attempts);
  }

  /**
   * A refused dial, on the way to a peer.
   *
   * @param endpoint who refused
   * @param activity what was being done
   * @param happened what happened, with the facts
   * @param attempts the failure of each address, in the order in which they were tried
   */
  public ConnectionRefusedException(
      Endpoint endpoint, Activity activity, String happened, List<? extends IOException> attempts) {
    super(endpoint, activity, happened, attempts);
  }
}
