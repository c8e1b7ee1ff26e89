package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.stability.NotFrozen;
import java.io.IOException;

/**
 * A way to a peer through another one, such as a proxy.
 *
 * <p>A {@link Dialer} holds a chain of them: it dials the first one's proxy, and each connector asks for a
 * tunnel to the next one's proxy, the last one for a tunnel to the target. The dialer, not the connector, sets
 * up TLS to a proxy or to the target.
 */
@NotFrozen
public interface Connector {
  /**
   * The endpoint to dial in place of the target.
   *
   * @param target where the connection must lead
   * @return the proxy, or the target itself to reach it directly
   */
  Endpoint proxy(Endpoint target);

  /**
   * Asks the proxy for a tunnel. Bytes that the proxy sent after its answer must stay unread in the wire: they
   * come from the target. Called only if {@link #proxy} returned another endpoint than the target.
   *
   * @param wire the connection to the proxy
   * @param target where the tunnel must lead
   * @param deadline the dial's deadline; pass it to every read and write
   * @throws dev.wireline.error.ProxyException if the proxy refuses; the wire is closed
   * @throws IOException if the conversation with the proxy failed; the wire is closed
   */
  void open(Wire wire, Endpoint target, Deadline deadline) throws IOException;
}
