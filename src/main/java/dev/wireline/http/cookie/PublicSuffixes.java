package dev.wireline.http.cookie;

/**
 * The domains under which anybody can register a name, such as {@code co.uk}. No cookie may be set for them
 * (RFC 6265bis, section 5.7).
 *
 * <p>The library has no list of its own, since it would soon be out of date: use a library that maintains one.
 * Implementations must be thread-safe.
 */
@FunctionalInterface
public interface PublicSuffixes {
  /**
   * Whether a domain is a public suffix.
   *
   * @param domain the domain of a cookie: a name in lower-case ASCII of at least two labels, without a dot at
   *     either end; single labels and addresses are refused without a call
   * @return true if no cookie may be set for the hosts below it
   */
  boolean isPublicSuffix(String domain);
}
