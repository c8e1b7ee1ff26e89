package dev.wireline.gemini;

import dev.wireline.endpoint.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** A URL that can be requested. Immutable; no I/O. */
final class GeminiUrl {
  private static final String SCHEME = "gemini";
  private static final String HEX = "0123456789ABCDEF";

  private final URI uri;

  private GeminiUrl(URI uri) {
    this.uri = uri;
  }

  /** Parses a URL, or throws an {@link IllegalArgumentException} that says what is wrong with it. */
  static GeminiUrl parse(String text) {
    GeminiUrl url = new GeminiUrl(uri(text)).withPath();
    URI uri = url.uri;
    check(SCHEME.equalsIgnoreCase(uri.getScheme()), "a Gemini URL begins with gemini://");
    check(uri.getHost() != null, "a Gemini URL names a host");
    check(uri.getRawUserInfo() == null, "a Gemini URL has no user info");
    check(uri.getRawFragment() == null, "a Gemini URL that is asked for has no fragment");
    int size = url.toString().getBytes(StandardCharsets.UTF_8).length;
    check(
        size <= Gemini.MAX_URL_BYTES,
        "a Gemini URL has at most " + Gemini.MAX_URL_BYTES + " bytes");
    url.endpoint();
    return url;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a Gemini URL is one: " + e.getReason(), e);
    }
  }

  private static void check(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }

  private GeminiUrl withPath() {
    boolean rootless = uri.getRawAuthority() != null && uri.getRawPath().isEmpty();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return rootless
        ? new GeminiUrl(uri(uri.getScheme() + "://" + uri.getRawAuthority() + "/" + query))
        : this;
  }

  /** Whether a reference leads to another scheme. */
  boolean leaves(String reference) {
    String scheme = uri(reference).getScheme();
    return scheme != null && !scheme.equalsIgnoreCase(SCHEME);
  }

  /** Resolves a reference (RFC 3986, section 5.2); its fragment is for the reader of the page. */
  GeminiUrl resolve(String reference) {
    int hash = reference.indexOf('#');
    String place = hash < 0 ? reference : reference.substring(0, hash);
    // The platform drops the last segment of the path if a reference has only a query.
    return place.isEmpty() || place.startsWith("?")
        ? parse(withoutQuery() + (place.isEmpty() ? query() : place))
        : parse(uri.resolve(uri(place)).toString());
  }

  private String query() {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }

  private String withoutQuery() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /** This URL with an input as its query, with every byte encoded that is not unreserved. */
  GeminiUrl withInput(String input) {
    StringBuilder query = new StringBuilder("?");
    for (byte octet : input.getBytes(StandardCharsets.UTF_8)) {
      if (octet > 0 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0)) {
        query.append((char) octet);
      } else {
        query.append('%').append(HEX.charAt(octet >> 4 & 0xF)).append(HEX.charAt(octet & 0xF));
      }
    }
    return parse(withoutQuery() + query);
  }

  Endpoint endpoint() {
    int port = uri.getPort() < 0 ? Gemini.PORT : uri.getPort();
    return Endpoint.tls(uri.getHost(), port);
  }

  /** As it is sent: in ASCII. */
  @Override
  public String toString() {
    return uri.toASCIIString();
  }
}
