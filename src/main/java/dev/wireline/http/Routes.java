package dev.wireline.http;

import dev.wireline.line.Transcript;
import dev.wireline.net.Connector;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.url.HttpUrl;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route to an origin: directly, through a tunnel, or via a proxy that forwards plain http. Immutable.
 *
 * <p>There is one dialer for each route, so that a pool, which keeps the connections of two dialers apart,
 * never mixes routes. A client certificate has routes of its own.
 */
final class Routes {
  private final Proxies proxies;
  private final Ways general;
  private final Ways anonymous;
  private final Map<String, Ways> named = new HashMap<>();
  private final Map<String, Ways> namedAnonymous = new HashMap<>();
  private final Dialer toProxies;

  /** The dialers with the same TLS settings: one without a proxy, and one for each tunnel. */
  private record Ways(Dialer direct, IdentityHashMap<Connector, Dialer> tunnels) {
    static Ways of(Dialer dialer, IdentityHashMap<Connector, Connector> proxies) {
      IdentityHashMap<Connector, Dialer> tunnels = new IdentityHashMap<>();
      for (Map.Entry<Connector, Connector> proxy : proxies.entrySet()) {
        tunnels.put(
            proxy.getKey(), dialer.toBuilder().connector(proxy.getValue()).build());
      }
      return new Ways(dialer, tunnels);
    }

    /** The same routes without a client certificate. */
    Ways withoutCertificate(IdentityHashMap<Connector, Connector> proxies) {
      Tls plain = direct.tls().withoutClientCertificate();
      return plain.equals(direct.tls()) ? this : with(plain, proxies);
    }

    /** The routes with other settings for the peer, and the same for the proxies before it. */
    Ways with(Tls tls, IdentityHashMap<Connector, Connector> proxies) {
      return of(direct.toBuilder().tls(tls).proxyTls(direct.proxyTls()).build(), proxies);
    }
  }

  /**
   * The routes of an agent.
   *
   * @param tls the settings for origins that have their own
   * @param transcript records the conversations with HTTP proxies about tunnels; null for none
   */
  Routes(Dialer dialer, Proxies proxies, Map<String, Tls> tls, @Nullable Transcript transcript) {
    this.proxies = proxies;
    IdentityHashMap<Connector, Connector> shown = new IdentityHashMap<>();
    for (Connector proxy : proxies.connectors()) {
      shown.put(proxy, proxy instanceof HttpProxy http ? http.shownIn(transcript) : proxy);
    }
    this.general = Ways.of(dialer, shown);
    this.anonymous = general.withoutCertificate(shown);
    for (Map.Entry<String, Tls> own : tls.entrySet()) {
      Ways ways = general.with(own.getValue(), shown);
      named.put(own.getKey(), ways);
      namedAnonymous.put(own.getKey(), ways.withoutCertificate(shown));
    }
    this.toProxies = dialer.toBuilder().tls(dialer.proxyTls()).build();
  }

  /**
   * The route to a URL.
   *
   * @param call the call so far: once a redirect has led elsewhere, a client certificate is presented only to
   *     an origin that it was set for, and not even to that one if a redirect led away from it
   */
  HttpRoute to(HttpUrl url, Call call) {
    Connector proxy = proxies.proxyFor(url).orElse(null);
    if (proxy instanceof HttpProxy http && !url.isSecure()) {
      return new HttpRoute(toProxies, http.proxy(url.endpoint()), http);
    }
    Ways ways = ways(url, call);
    Dialer dialer = proxy == null ? ways.direct() : ways.tunnels().get(proxy);
    if (dialer == null) {
      throw new IllegalStateException("no dialer was made for " + proxy);
    }
    return new HttpRoute(dialer, url.endpoint(), null);
  }

  private Ways ways(HttpUrl url, Call call) {
    Map<String, Ways> known = call.hasLeft(url) ? namedAnonymous : named;
    Ways own = known.isEmpty() ? null : known.get(url.origin());
    return own != null ? own : call.hasLeft() ? anonymous : general;
  }
}
