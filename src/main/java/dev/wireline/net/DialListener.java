package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.stability.NotFrozen;
import java.util.Optional;

/**
 * Hears of the steps of a dial as they are done, in the dialling thread. A RuntimeException that it throws
 * goes to the log and changes nothing else; an Error fails the dial.
 */
@NotFrozen
@FunctionalInterface
public interface DialListener {
  /** Hears nothing. */
  DialListener NONE = new DialListener() {
    @Override
    public void done(Phase step, Endpoint hop) {}
  };

  /**
   * A step is done.
   *
   * @param step {@link Phase#RESOLVE} when a name was looked up, {@link Phase#CONNECT} when a socket is
   *     connected, {@link Phase#PROXY} when a proxy has opened its tunnel, {@link Phase#TLS} when a
   *     handshake is done
   * @param hop the peer of that step: the endpoint itself, or a proxy on the way; with PROXY where the
   *     tunnel leads
   */
  void done(Phase step, Endpoint hop);

  /**
   * Where a dial is to lead in the end, if what is dialled is a proxy that passes requests on. It is named
   * when the proxy cannot be reached.
   *
   * @return the server; empty if what is dialled is what is wanted
   */
  default Optional<Endpoint> aim() {
    return Optional.empty();
  }
}
