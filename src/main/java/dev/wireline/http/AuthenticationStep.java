package dev.wireline.http;

import dev.wireline.url.HttpUrl;
import java.io.IOException;

/**
 * Authenticates to the origins that credentials were given for, and to no other (RFC 9110 section 11). If the
 * caller set an Authorization field, that one is sent instead; a TRACE carries none.
 */
final class AuthenticationStep implements Step {
  private final Guards guards;

  AuthenticationStep(Guards guards) {
    this.guards = guards;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    HttpUrl url = Chain.checkUrl(request);
    Guarded guard = guards.at(url, chain.call().hasLeft());
    boolean silent = chain.call().hasLeft(url)
        || request.method().equals("TRACE")
        || request.headers().contains(Challenger.ORIGIN.field());
    return guard == null || silent
        ? chain.proceed(request)
        : Challenger.ORIGIN.send(request, request.target(), chain, guard);
  }
}
