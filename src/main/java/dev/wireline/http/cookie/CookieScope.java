package dev.wireline.http.cookie;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.url.HttpUrl;

/** Which hosts and paths a cookie is for (RFC 6265bis, sections 5.1.2 to 5.1.4). */
final class CookieScope {
  private static final int ANY_PORT = 80;

  private CookieScope() {}

  /**
   * A host in the form that URLs use: with the same grammar for both, neither a dot nor case makes two hosts
   * out of one.
   *
   * @throws IllegalArgumentException if it is not a name or address
   */
  static String canonical(String host) {
    return Endpoint.tcp(host, ANY_PORT).host();
  }

  /** Whether Secure cookies may be set from there and sent there: over TLS, or without a network. */
  static boolean isSafe(HttpUrl url) {
    return url.isSecure() || url.endpoint().isLocal();
  }

  static boolean isLabelOrAddress(String host) {
    return host.indexOf('.') < 0 || Endpoint.tcp(host, ANY_PORT).isAddress();
  }

  /** Whether a host is a domain or below it; both are canonical. */
  static boolean domainMatches(String host, String domain) {
    // An address is below no domain: no domain ends in a number.
    int below = host.length() - domain.length();
    return host.equals(domain)
        || (below > 0 && host.endsWith(domain) && host.charAt(below - 1) == '.');
  }

  static boolean pathMatches(String path, String cookiePath) {
    return path.startsWith(cookiePath)
        && (path.length() == cookiePath.length()
            || cookiePath.endsWith("/")
            || path.charAt(cookiePath.length()) == '/');
  }

  /** The path of a cookie that names none: that of the URL up to its last slash. */
  static String defaultPath(HttpUrl url) {
    int slash = url.path().lastIndexOf('/');
    return slash <= 0 ? "/" : url.path().substring(0, slash);
  }

  static boolean isPath(String text) {
    boolean visible = text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    return visible && text.startsWith("/") && text.length() <= SetCookie.MAX_ATTRIBUTE_LENGTH;
  }
}
