package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.stability.NotFrozen;
import java.io.IOException;

/**
 * A way to a peer that leads through another one, such as a proxy.
 *
 * <p>A {@link Dialer} holds a chain of them: the first one's proxy is dialled, and each asks for a
 * tunnel to the next one's proxy, the last for a tunnel to the target. TLS to a proxy and TLS to the
 * target are set up by the dialer, not by the connector.
 */
@NotFrozen
public interface Connector {
  /**
   * The endpoint that is dialled in place of the target.
   *
   * @param target where the connection is to lead
   * @return the proxy, or the target itself where this connector lets it be reached directly
   */
  Endpoint proxy(Endpoint target);

  /**
   * Asks the proxy for a tunnel. Bytes that the proxy sent after its answer stay unread in the wire:
   * they are the target's. Called only when {@link #proxy} gave another endpoint than the target.
   *
   * @param wire the connection to the proxy
   * @param target where the tunnel is to lead
   * @param deadline the dial's deadline, to be passed to every read and write
   * @throws dev.wireline.error.ProxyException if the proxy says no; the wire is then closed
   * @throws IOException if the conversation with the proxy failed; the wire is then closed
   */
  void open(Wire wire, Endpoint target, Deadline deadline) throws IOException;
}
