package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;

/** The peer's name has no address, or the name service did not give one. */
public final class UnresolvedHostException extends ConnectFailedException {
  private static final long serialVersionUID = 1;

  /**
   * A name without an address.
   *
   * @param endpoint the peer
   * @param happened what the resolver said
   * @param cause the resolver's exception
   */
  public UnresolvedHostException(Endpoint endpoint, String happened, IOException cause) {
    this(endpoint, Activity.RESOLVING, happened, cause);
  }

  /**
   * A name without an address, on the way to a peer.
   *
   * @param endpoint whose name it is
   * @param activity what was being done
   * @param happened what the resolver said
   * @param cause the resolver's exception
   */
  public UnresolvedHostException(
      Endpoint endpoint, Activity activity, String happened, IOException cause) {
    super(endpoint, activity, happened, cause);
  }
}
