package dev.wireline.http.cookie;

import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.List;

/**
 * Keeps cookies between requests (RFC 6265bis).
 *
 * <p>{@link MemoryCookieJar} has the rules. A jar that lasts holds one of these, hands each call on
 * to it, and saves what {@link MemoryCookieJar#cookies} gives.
 *
 * <p>Made to be implemented. Whoever implements it makes it thread-safe, and goes by the URL alone:
 * a Host field of the caller names nobody's cookies.
 */
public interface CookieJar {
  /**
   * The cookies that go out with a request.
   *
   * @param url where the request goes
   * @param now the time of the request
   * @return the cookies in the order of the Cookie field, none of them expired; perhaps none
   */
  List<Cookie> cookiesFor(HttpUrl url, Instant now);

  /**
   * Takes the cookies of a response. Those that break the rules are ignored.
   *
   * @param url what was asked for
   * @param setCookieValues the values of the Set-Cookie fields, one for each field, in order
   * @param now the time of the response
   */
  void store(HttpUrl url, List<String> setCookieValues, Instant now);
}
