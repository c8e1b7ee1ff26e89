package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The route to an endpoint through a dialer's connectors: a socket to the first hop, then a tunnel to each next
 * one, with TLS if a hop asks for it.
 */
final class Route {
  private final Wire wire;
  private final Dialer dialer;
  private final DialListener listener;
  private final Deadline deadline;
  private final Deadline limit;
  private final List<Leg> legs;

  /** Which tunnel is being asked for. */
  private int at;

  /**
   * A route not taken yet.
   *
   * @param deadline the deadline for connecting, including tunnels
   * @param limit the deadline of the call; each TLS handshake has its own timeout besides
   */
  Route(Wire wire, Dialer dialer, DialListener listener, Deadline deadline, Deadline limit) {
    this.wire = wire;
    this.dialer = dialer;
    this.listener = listener;
    this.deadline = deadline;
    this.limit = limit;
    this.legs = List.copyOf(legs());
  }

  void connect() throws IOException {
    reach(legs.size());
  }

  /** Returns to the point where the last tunnel is requested. */
  void again() throws IOException {
    int here = at;
    reach(here);
    at = here;
  }

  /** Goes through so many tunnels. */
  private void reach(int tunnels) throws IOException {
    Endpoint first = legs.isEmpty() ? wire.endpoint() : legs.get(0).proxy;
    wire.dial(first, deadline, listener);
    listener.done(Phase.CONNECT, first);
    secure(first);
    for (int i = 0; i < tunnels; i++) {
      Leg leg = legs.get(i);
      at = i;
      leg.connector.open(wire, leg.target, deadline);
      listener.done(Phase.PROXY, leg.target);
      secure(leg.target);
    }
  }

  /** Computed from the target back to us: each connector sees the endpoint that it must lead to. */
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

  private void secure(Endpoint hop) throws IOException {
    if (hop.isTls()) {
      boolean last = hop.equals(wire.endpoint());
      wire.secure(hop, last ? dialer.tls() : dialer.proxyTls(), limit);
      listener.done(Phase.TLS, hop);
    }
  }

  private record Leg(Connector connector, Endpoint proxy, Endpoint target) {}
}
