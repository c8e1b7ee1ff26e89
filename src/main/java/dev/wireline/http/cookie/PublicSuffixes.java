package dev.wireline.http.cookie;

/**
 * Knows the domains below which anybody can have a name, such as {@code co.uk}, so that no cookie is
 * set for all of them (RFC 6265bis, section 5.7).
 *
 * <p>The library ships no list, since it would be old soon: take one from a library that keeps it.
 * Whoever implements this makes it thread-safe.
 */
@FunctionalInterface
public interface PublicSuffixes {
  /**
   * Whether a domain is a public suffix.
   *
   * @param domain the domain of a cookie: a name in lower-case ASCII of two labels at least, without
   *     a dot at either end; a single label and an address are refused without asking
   * @return true if no cookie may be set for the hosts below it
   */
  boolean isPublicSuffix(String domain);
}
