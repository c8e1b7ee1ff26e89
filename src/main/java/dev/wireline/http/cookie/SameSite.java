package dev.wireline.http.cookie;

/**
 * What a server asks of browsers that send a cookie along from other sites (RFC 6265bis, section
 * 5.6.7). The wish is kept and nothing is done about it: a client that is no browser has no sites.
 */
public enum SameSite {
  /** From all sites. */
  NONE,
  /** From the own site, and when the user follows a link. */
  LAX,
  /** From the own site alone. */
  STRICT
}
