package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.grammar.HostField;
import dev.wireline.net.Dialer;
import dev.wireline.url.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The route to an origin: what to dial, and the proxy that requests are written for. Immutable.
 *
 * @param dialer how to dial, through the tunnel of a proxy if there is one
 * @param endpoint what to dial: the origin, or the proxy that forwards its requests
 * @param forwarder the proxy that takes requests in absolute-form (RFC 9112 section 3.2.2), or null
 */
record HttpRoute(Dialer dialer, Endpoint endpoint, @Nullable HttpProxy forwarder) {
  /** A writer for requests to a URL, which starts with that buffer. */
  RequestWriter writer(HttpUrl url, HttpOptions options, byte[] buffer) {
    String prefix = forwarder == null ? "" : url.origin();
    String host = HostField.of(url.endpoint(), HttpClient.PROTOCOL);
    return new RequestWriter(options.version(), host, options.keepAlive(), prefix, buffer)
        .as(options.userAgent());
  }
}
