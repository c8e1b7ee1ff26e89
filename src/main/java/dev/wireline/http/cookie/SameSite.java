package dev.wireline.http.cookie;

/**
 * What a server asks of browsers about sending a cookie from other sites (RFC 6265bis, section 5.6.7). The
 * attribute is kept but has no effect: a client that is not a browser has no sites.
 */
public enum SameSite {
  /** From all sites. */
  NONE,
  /** From the same site, and when the user follows a link. */
  LAX,
  /** From the same site only. */
  STRICT
}
