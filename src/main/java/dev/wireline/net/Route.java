package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way to an endpoint through a dialer's connectors: a socket to the first hop, then a tunnel to
 * each next one, with TLS where a hop asks for it.
 */
final class Route {
  private final Wire wire;
  private final Dialer dialer;
  private final DialListener listener;

  Route(Wire wire, Dialer dialer, DialListener listener) {
    this.wire = wire;
    this.dialer = dialer;
    this.listener = listener;
  }

  /** Connects; each TLS handshake has a time of its own and ends at the limit of the call alone. */
  void connect(Deadline deadline, Deadline limit) throws IOException {
    Deque<Leg> legs = legs();
    Endpoint first = legs.isEmpty() ? wire.endpoint() : legs.getFirst().proxy;
    wire.dial(first, deadline, listener);
    listener.done(Phase.CONNECT, first);
    secure(first, limit);
    for (Leg leg : legs) {
      leg.connector.open(wire, leg.target, deadline);
      listener.done(Phase.PROXY, leg.target);
      secure(leg.target, limit);
    }
  }

  /** Found from the target back to us: each connector sees the endpoint that it is to lead to. */
  private Deque<Leg> legs() {
    Deque<Leg> legs = new ArrayDeque<>();
    Endpoint target = wire.endpoint();
    for (int i = dialer.connectors().size() - 1; i >= 0; i--) {
      Connector connector = dialer.connectors().get(i);
      Endpoint proxy = connector.proxy(target);
      if (!proxy.equals(target)) {
        legs.addFirst(new Leg(connector, proxy, target));
        target = proxy;
      }
    }
    return legs;
  }

  private void secure(Endpoint hop, Deadline limit) throws IOException {
    if (hop.isTls()) {
      boolean last = hop.equals(wire.endpoint());
      wire.secure(hop, last ? dialer.tls() : dialer.proxyTls(), limit);
      listener.done(Phase.TLS, hop);
    }
  }

  private record Leg(Connector connector, Endpoint proxy, Endpoint target) {}
}
