package dev.wireline.http;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;

/**
 * One step (interceptor) in a call of an {@link HttpAgent}: it sees the request on its way out and the response
 * on its way back. Redirects, retries, credentials, cookies and compression are steps, and so are those that a
 * user adds.
 *
 * <p>A step passes the request on with {@link Chain#proceed}, changed or not, and returns the response, changed
 * or not. It may proceed again after discarding the earlier response, or not proceed at all, or throw; whatever
 * is then unread of its responses is given up with their connections. It runs in the thread of the call.
 * Implementations must be thread-safe.
 */
@NotFrozen
@FunctionalInterface
public interface Step {
  /**
   * Turns a request into its response.
   *
   * @param request the request; it has a URL
   * @param chain the steps after this one
   * @return the response; its body may still be unread
   * @throws IOException whatever the steps after this one threw, or its own
   */
  HttpResponse send(HttpRequest request, Chain chain) throws IOException;
}
