package dev.wireline.http;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;

/**
 * One step of a call of an {@link HttpAgent}: it sees a request on its way out and the response on its
 * way back. Redirects, retries, credentials, cookies and compression are steps, and so is what a user
 * adds.
 *
 * <p>A step hands the request on with {@link Chain#proceed}, as it is or changed, and gives the response
 * back, as it is or another one. It may proceed again, when it has discarded the response of before; or
 * not at all, and throw: what is unread then of the responses that it got is given up with their
 * connections. It runs in the thread of the call. Whoever implements it makes it thread-safe.
 */
@NotFrozen
@FunctionalInterface
public interface Step {
  /**
   * Takes a request to its response.
   *
   * @param request the request; it has a URL
   * @param chain the steps behind this one
   * @return the response; its body may still be unread
   * @throws IOException what the steps behind threw, or this one's own
   */
  HttpResponse send(HttpRequest request, Chain chain) throws IOException;
}
