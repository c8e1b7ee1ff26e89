package dev.wireline.http.cookie;

import dev.wireline.url.HttpUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a received cookie is kept, and for which hosts, paths and time (RFC 6265bis, sections 5.4, 5.5 and
 * 5.7), regardless of the cookies stored already. Immutable.
 *
 * <p><b>Strict:</b> a non-ASCII Domain or Path makes the cookie invalid: no URL here has either.
 */
final class CookieRules {
  /** The longest life of a cookie (section 5.5). */
  static final Duration MAX_AGE = Duration.ofDays(400);

  private static final String SECURE_PREFIX = "__secure-";
  private static final String HOST_PREFIX = "__host-";

  private final PublicSuffixes suffixes;

  CookieRules(PublicSuffixes suffixes) {
    this.suffixes = suffixes;
  }

  /** The cookie to store, or to delete if it has expired; empty if it is refused. */
  Optional<Cookie> cookie(HttpUrl url, SetCookie received, Instant now) {
    Cookie.Builder cookie = Cookie.builder(received.name(), received.value())
        .secure(received.isSecure())
        .httpOnly(received.isHttpOnly())
        .created(now);
    if (!mayUseScheme(url, received) || !scope(url, received, cookie)) {
      return Optional.empty();
    }
    Instant expiry = expiry(received, now);
    if (expiry != null) {
      cookie.expiry(expiry);
    }
    SameSite sameSite = received.sameSite();
    if (sameSite != null) {
      cookie.sameSite(sameSite);
    }
    Cookie kept = cookie.build();
    return hasHonestPrefix(received, kept) ? Optional.of(kept) : Optional.empty();
  }

  private static boolean mayUseScheme(HttpUrl url, SetCookie received) {
    if (received.isSecure()) {
      return CookieScope.isSafe(url);
    }
    return received.sameSite() != SameSite.NONE;
  }

  /** Sets host or domain, and the path; false if the URL has no right to the domain. */
  private boolean scope(HttpUrl url, SetCookie received, Cookie.Builder cookie) {
    String path = received.path().isEmpty() ? CookieScope.defaultPath(url) : received.path();
    if (!CookieScope.isPath(path)) {
      return false;
    }
    cookie.path(path);
    if (received.domain().isEmpty()) {
      cookie.host(url.host());
      return true;
    }
    String domain = canonical(received.domain());
    if (domain == null || received.domain().endsWith(".")) {
      return false;
    }
    if (CookieScope.isLabelOrAddress(domain) || suffixes.isPublicSuffix(domain)) {
      cookie.host(url.host());
      return url.host().equals(domain);
    }
    cookie.domain(domain);
    return CookieScope.domainMatches(url.host(), domain);
  }

  private static @Nullable String canonical(String domain) {
    try {
      boolean ascii = domain.chars().allMatch(c -> c < 0x80);
      return ascii ? CookieScope.canonical(domain) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant expiry(SetCookie received, Instant now) {
    Instant last = now.plus(MAX_AGE);
    Long seconds = received.maxAgeSeconds();
    if (seconds != null) {
      return seconds == 0 ? now : seconds > MAX_AGE.toSeconds() ? last : now.plusSeconds(seconds);
    }
    Instant expires = received.expires();
    return expires != null && expires.isAfter(last) ? last : expires;
  }

  /** Whether the cookie keeps what its name prefix promises, in any case of the prefix (section 5.4). */
  private static boolean hasHonestPrefix(SetCookie received, Cookie cookie) {
    String name = cookie.name().isEmpty() ? cookie.value() : cookie.name();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secure = lower.startsWith(SECURE_PREFIX);
    boolean host = lower.startsWith(HOST_PREFIX);
    if (cookie.name().isEmpty() || !(secure || host)) {
      return !secure && !host;
    }
    boolean wholeHost = cookie.isHostOnly() && received.path().equals("/");
    return cookie.isSecure() && (secure || wholeHost);
  }
}
