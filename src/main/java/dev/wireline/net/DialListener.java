package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.stability.NotFrozen;
import java.util.Optional;

/**
 * Told of the steps of a dial as they are done, in the dialling thread. A RuntimeException that it throws is
 * logged and changes nothing else; an Error fails the dial.
 */
@NotFrozen
@FunctionalInterface
public interface DialListener {
  /** Does nothing. */
  DialListener NONE = new DialListener() {
    @Override
    public void done(Phase step, Endpoint hop) {}
  };

  /**
   * Called when a step is done.
   *
   * @param step {@link Phase#RESOLVE} after a name look-up, {@link Phase#CONNECT} after connecting a socket,
   *     {@link Phase#PROXY} after a proxy has opened its tunnel, {@link Phase#TLS} after a handshake
   * @param hop the peer of that step: the endpoint itself, or a proxy on the way; for PROXY, where the tunnel
   *     leads
   */
  void done(Phase step, Endpoint hop);

  /**
   * The final destination, if what is dialled is a proxy that forwards requests. It is named in the failure if
   * the proxy cannot be reached.
   *
   * @return the server; empty if the dialled endpoint is the destination
   */
  default Optional<Endpoint> aim() {
    return Optional.empty();
  }
}
