package dev.wireline.http;

import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.url.HttpUrl;
import java.io.IOException;

/**
 * Brings a proxy that passes requests on the credentials that are for it. What stands with the caller's
 * request is for the origin, and must not be for the proxy. Tunnels are the {@link HttpProxy}'s own.
 */
final class ProxyStep implements Step {
  private final Routes routes;

  ProxyStep(Routes routes) {
    this.routes = routes;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    String field = Challenger.PROXY.field();
    if (request.headers().contains(field)) {
      throw new IllegalArgumentException(
          field + " is for a proxy, whose credentials stand with the proxy itself");
    }
    HttpUrl url = Chain.checkUrl(request);
    HttpProxy proxy = routes.to(url, chain.call()).forwarder();
    Guarded guard = proxy == null ? null : proxy.guard();
    if (guard == null || request.method().equals("TRACE")) {
      return chain.proceed(request);
    }
    String target = RequestTarget.absolute(url.origin(), request.target());
    return Challenger.PROXY.send(request, target, chain, guard);
  }
}
