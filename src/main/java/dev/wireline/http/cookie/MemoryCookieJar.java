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
 * <p>A cookie goes back to the host that set it and to no other, unless it has a Domain attribute
 * that this host is below, and which is no public suffix, no single label and no address. Secure
 * cookies are set and sent over https, and to localhost and loopback addresses; none that comes over http
 * from elsewhere takes their place. Names
 * that start with {@code __Secure-} and {@code __Host-} are held to their promise. A cookie lives
 * 400 days at most. Ports make no difference (section 8.5), and neither does SameSite, but for one
 * thing: {@code SameSite=None} without Secure is ignored (section 5.7).
 *
 * <p>Without a list of public suffixes a host below {@code co.uk} can set a cookie for all of them.
 *
 * <p>Thread-safe.
 */
public final class MemoryCookieJar implements CookieJar {
  /** The most cookies of one domain: 50. One more takes the place of another. */
  public static final int MAX_COOKIES_IN_DOMAIN = 50;

  /** The most cookies in all: 3000. One more takes the place of another. */
  public static final int MAX_COOKIES = 3000;

  private final ReentrantLock lock = new ReentrantLock();
  private final CookieStore store = new CookieStore(MAX_COOKIES_IN_DOMAIN, MAX_COOKIES);
  private final CookieRules rules;

  /** An empty jar that knows no public suffixes but single labels. */
  public MemoryCookieJar() {
    this(domain -> false);
  }

  /**
   * An empty jar.
   *
   * @param suffixes the domains that no cookie is set for; called by {@link #store} on the calling
   *     thread, with no lock held
   */
  public MemoryCookieJar(PublicSuffixes suffixes) {
    this.rules = new CookieRules(Objects.requireNonNull(suffixes, "suffixes"));
  }

  /**
   * The cookies that go out with a request: those with longer paths first, and the older first among
   * those of one length (section 5.8.3).
   *
   * @param url where the request goes
   * @param now the time of the request
   * @return the cookies, unmodifiable; perhaps none
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
   * Takes the cookies of a response. Those that break the rules are ignored, those that are expired
   * delete their like.
   *
   * @param url what was asked for
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
   * Puts a cookie in as it is, in place of one with the same name, path, and host or domain; to
   * bring back what was saved, and for cookies of the caller's own.
   *
   * @param cookie the cookie; one that is expired deletes its like
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
   * All cookies, to be shown or saved. Those without an {@link Cookie#expiry} belong to the session,
   * and are not to be saved beyond it.
   *
   * @param now the time
   * @return those that are not expired, unmodifiable; perhaps none
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
   * Says what this is; no cookie shows.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "cookies in memory";
  }
}
