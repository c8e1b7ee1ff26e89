package dev.wireline.http.cookie;

import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cookies by domain, limited in number (RFC 6265bis, sections 5.7 and 5.8.3). Not thread-safe.
 *
 * <p>Past a limit, expired cookies are dropped first. Then, within a domain, one that is not Secure goes before
 * one that is; among equals, and across domains, the one least recently used.
 */
final class CookieStore {
  /** What makes two cookies the same one, within a domain. */
  private record Key(String name, boolean hostOnly, String path) {
    static Key of(Cookie cookie) {
      return new Key(cookie.name(), cookie.isHostOnly(), cookie.path());
    }
  }

  /** A cookie with its place in the order of storing and of use. */
  private static final class Kept {
    final Cookie cookie;
    final long stored;
    long asked;

    Kept(Cookie cookie, long stored, long asked) {
      this.cookie = cookie;
      this.stored = stored;
      this.asked = asked;
    }
  }

  private static final Comparator<Kept> SENDING_ORDER = Comparator.comparingInt(
          (Kept kept) -> -kept.cookie.path().length())
      .thenComparing(kept -> kept.cookie.created())
      .thenComparingLong(kept -> kept.stored);

  private static final Comparator<Kept> LEAST_ASKED = Comparator.comparingLong(kept -> kept.asked);
  private static final Comparator<Kept> LEAST_IN_DOMAIN =
      Comparator.comparing((Kept kept) -> kept.cookie.isSecure()).thenComparing(LEAST_ASKED);

  private final int maxInDomain;
  private final int maxInAll;
  private final Map<String, Map<Key, Kept>> domains = new HashMap<>();
  private int size;
  private long ticks;

  CookieStore(int maxInDomain, int maxInAll) {
    this.maxInDomain = maxInDomain;
    this.maxInAll = maxInAll;
  }

  /** The cookies for a URL in the order of sending. */
  List<Cookie> matching(HttpUrl url, Instant now) {
    List<Kept> found = new ArrayList<>();
    ticks++;
    String domain = url.host();
    while (domain != null) {
      for (Kept kept : inDomain(domain).values()) {
        if (kept.cookie.matches(url) && !kept.cookie.isExpired(now)) {
          kept.asked = ticks;
          found.add(kept);
        }
      }
      domain = parent(domain);
    }
    return inOrder(found);
  }

  /** All cookies that are not expired, in the order of sending. */
  List<Cookie> all(Instant now) {
    List<Kept> found = allKept();
    found.removeIf(kept -> kept.cookie.isExpired(now));
    return inOrder(found);
  }

  private static List<Cookie> inOrder(List<Kept> found) {
    found.sort(SENDING_ORDER);
    return found.stream().map(kept -> kept.cookie).toList();
  }

  private Map<Key, Kept> inDomain(String domain) {
    return domains.getOrDefault(domain, Map.of());
  }

  private static @Nullable String parent(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? null : domain.substring(dot + 1);
  }

  /** Stores a cookie that came in the clear, unless it would shadow a Secure one. */
  void putFromPlain(Cookie cookie, Instant now) {
    if (!hidesSecure(cookie, now)) {
      put(cookie, now);
    }
  }

  private boolean hidesSecure(Cookie cookie, Instant now) {
    return domains.entrySet().stream()
        .filter(kept -> CookieScope.domainMatches(kept.getKey(), cookie.domain())
            || CookieScope.domainMatches(cookie.domain(), kept.getKey()))
        .flatMap(kept -> kept.getValue().values().stream())
        .map(kept -> kept.cookie)
        .anyMatch(kept -> kept.isSecure() && !kept.isExpired(now) && isOverlaid(kept, cookie));
  }

  private static boolean isOverlaid(Cookie kept, Cookie cookie) {
    return kept.name().equals(cookie.name()) && CookieScope.pathMatches(cookie.path(), kept.path());
  }

  /** Stores a cookie in place of the same one; an expired one only deletes that. */
  void put(Cookie cookie, Instant now) {
    Kept old = inDomain(cookie.domain()).get(Key.of(cookie));
    if (old != null) {
      remove(old);
    }
    if (cookie.isExpired(now)) {
      return;
    }
    ticks++;
    boolean replaces = old != null && !old.cookie.isExpired(now);
    add(
        old != null && replaces
            ? new Kept(cookie.asOldAs(old.cookie), old.stored, ticks)
            : new Kept(cookie, ticks, ticks));
    if (inDomain(cookie.domain()).size() > maxInDomain || size > maxInAll) {
      removeExpired(now);
    }
    if (inDomain(cookie.domain()).size() > maxInDomain) {
      remove(Collections.min(inDomain(cookie.domain()).values(), LEAST_IN_DOMAIN));
    }
    if (size > maxInAll) {
      remove(Collections.min(allKept(), LEAST_ASKED));
    }
  }

  private void add(Kept kept) {
    Cookie cookie = kept.cookie;
    domains.computeIfAbsent(cookie.domain(), any -> new HashMap<>()).put(Key.of(cookie), kept);
    size++;
  }

  private void remove(Kept kept) {
    Map<Key, Kept> cookies = inDomain(kept.cookie.domain());
    cookies.remove(Key.of(kept.cookie));
    size--;
    if (cookies.isEmpty()) {
      domains.remove(kept.cookie.domain());
    }
  }

  private void removeExpired(Instant now) {
    allKept().stream().filter(kept -> kept.cookie.isExpired(now)).forEach(this::remove);
  }

  private List<Kept> allKept() {
    List<Kept> all = new ArrayList<>(size);
    domains.values().forEach(cookies -> all.addAll(cookies.values()));
    return all;
  }

  void clear() {
    domains.clear();
    size = 0;
  }
}
