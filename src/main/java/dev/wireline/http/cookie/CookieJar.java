package dev.wireline.http.cookie;

import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.List;

/**
 * Keeps cookies between requests (RFC 6265bis).
 *
 * <p>{@link MemoryCookieJar} implements the rules. A persistent jar wraps one, delegates each call to it, and
 * saves what {@link MemoryCookieJar#cookies} returns.
 *
 * <p>Made to be implemented. Implementations must be thread-safe, and must go by the URL only: a Host field
 * that the caller set does not select cookies.
 */
public interface CookieJar {
  /**
   * The cookies to send with a request.
   *
   * @param url where the request goes
   * @param now the time of the request
   * @return the cookies in the order of the Cookie field, none of them expired; may be empty
   */
  List<Cookie> cookiesFor(HttpUrl url, Instant now);

  /**
   * Stores the cookies of a response. Those that violate the rules are ignored.
   *
   * @param url the URL that was requested
   * @param setCookieValues the values of the Set-Cookie fields, one for each field, in order
   * @param now the time of the response
   */
  void store(HttpUrl url, List<String> setCookieValues, Instant now);
}
