package dev.wireline.http;

import dev.wireline.net.Connector;
import dev.wireline.net.Dialer;
import dev.wireline.url.HttpUrl;
import java.util.IdentityHashMap;

/**
 * Finds the way to an origin: directly, through a tunnel, or by way of a proxy that takes plain http.
 * Immutable.
 *
 * <p>There is one dialer for each way, so that a pool that keeps the connections of two dialers apart
 * never mixes ways.
 */
final class Routes {
  private final Proxies proxies;
  private final Dialer direct;
  private final IdentityHashMap<Connector, Dialer> tunnels = new IdentityHashMap<>();
  private final Dialer toProxies;

  Routes(Dialer dialer, Proxies proxies) {
    this.proxies = proxies;
    this.direct = dialer;
    for (Connector proxy : proxies.connectors()) {
      tunnels.put(proxy, dialer.toBuilder().connector(proxy).build());
    }
    this.toProxies = dialer.toBuilder().tls(dialer.tls().forProxy()).build();
  }

  HttpRoute to(HttpUrl url) {
    Connector proxy = proxies.proxyFor(url).orElse(null);
    if (proxy == null) {
      return new HttpRoute(direct, url.endpoint(), null);
    }
    if (proxy instanceof HttpProxy http && !url.isSecure()) {
      return new HttpRoute(toProxies, http.proxy(url.endpoint()), http);
    }
    Dialer tunnel = tunnels.get(proxy);
    if (tunnel == null) {
      throw new IllegalStateException("no dialer was made for " + proxy);
    }
    return new HttpRoute(tunnel, url.endpoint(), null);
  }
}
