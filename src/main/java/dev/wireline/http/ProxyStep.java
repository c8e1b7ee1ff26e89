package dev.wireline.http;

import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.url.HttpUrl;
import java.io.IOException;

/**
 * Adds the credentials for a proxy that forwards requests. The caller's request must not have any for the
 * proxy: its fields are for the origin. For tunnels the {@link HttpProxy} does this itself.
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
