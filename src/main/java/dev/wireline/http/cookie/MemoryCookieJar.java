package dev.wireline.http.cookie;

import dev.wireline.internal.StackRoom;
import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A jar that keeps cookies in memory by the rules of RFC 6265bis, until it is cleared.
 *
 * <p>A cookie is sent only to the host that set it, unless it has a Domain attribute that this host is below
 * and that is not a public suffix, a single label or an address. Secure cookies are set and sent over https,
 * and to localhost and loopback addresses; one that comes over http from elsewhere cannot replace them. Names
 * that start with {@code __Secure-} and {@code __Host-} must keep their promise. A cookie lives at most 400
 * days. Ports make no difference (section 8.5), and neither does SameSite, except that {@code SameSite=None}
 * without Secure is ignored (section 5.7).
 *
 * <p>Without a list of public suffixes a host below {@code co.uk} can set a cookie for all of them.
 *
 * <p>Thread-safe.
 */
public final class MemoryCookieJar implements CookieJar {
  /** The most cookies of one domain: 50. One more replaces another. */
  public static final int MAX_COOKIES_IN_DOMAIN = 50;

  /** The most cookies in all: 3000. One more replaces another. */
  public static final int MAX_COOKIES = 3000;

  private final ReentrantLock lock = new ReentrantLock();
  private final CookieStore store = new CookieStore(MAX_COOKIES_IN_DOMAIN, MAX_COOKIES);
  private final CookieRules rules;

  /** Creates an empty jar that treats only single labels as public suffixes. */
  public MemoryCookieJar() {
    this(domain -> false);
  }

  /**
   * Creates an empty jar.
   *
   * @param suffixes the domains that no cookie may be set for; called by {@link #store} on the calling thread,
   *     with no lock held
   */
  public MemoryCookieJar(PublicSuffixes suffixes) {
    this.rules = new CookieRules(Objects.requireNonNull(suffixes, "suffixes"));
  }

  /**
   * The cookies to send with a request: those with longer paths first and, for paths of equal length, older
   * ones first (section 5.8.3).
   *
   * @param url where the request goes
   * @param now the time of the request
   * @return the cookies, unmodifiable; may be empty
   */
  @Override
  public List<Cookie> cookiesFor(HttpUrl url, Instant now) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(now, "now");
    StackRoom.lock(lock);
    try {
      return store.matching(url, now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stores the cookies of a response. Those that violate the rules are ignored; an expired one deletes the
   * stored one.
   *
   * @param url the URL that was requested
   * @param setCookieValues the values of the Set-Cookie fields, one for each field, in order
   * @param now the time of the response
   */
  @Override
  public void store(HttpUrl url, List<String> setCookieValues, Instant now) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(setCookieValues, "setCookieValues");
    Objects.requireNonNull(now, "now");
    List<Cookie> cookies = new ArrayList<>(setCookieValues.size());
    for (String value : setCookieValues) {
      SetCookie.parse(value)
          .flatMap(received -> rules.cookie(url, received, now))
          .ifPresent(cookies::add);
    }
    StackRoom.lock(lock);
    try {
      for (Cookie cookie : cookies) {
        if (CookieScope.isSafe(url)) {
          store.put(cookie, now);
        } else {
          store.putFromPlain(cookie, now);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stores a cookie as it is, replacing one with the same name, path, and host or domain. Use it to restore
   * saved cookies, and for your own.
   *
   * @param cookie the cookie; an expired one deletes the stored one
   * @param now the time
   */
  public void put(Cookie cookie, Instant now) {
    Objects.requireNonNull(cookie, "cookie");
    Objects.requireNonNull(now, "now");
    StackRoom.lock(lock);
    try {
      store.put(cookie, now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * All cookies, to show or save them. Those without an {@link Cookie#expiry} belong to the session and should
   * not be saved beyond it.
   *
   * @param now the time
   * @return those that have not expired, unmodifiable; may be empty
   */
  public List<Cookie> cookies(Instant now) {
    Objects.requireNonNull(now, "now");
    StackRoom.lock(lock);
    try {
      return store.all(now);
    } finally {
      lock.unlock();
    }
  }

  /** Drops all cookies. */
  public void clear() {
    StackRoom.lock(lock);
    try {
      store.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says what this is, without any cookies.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "cookies in memory";
  }
}
