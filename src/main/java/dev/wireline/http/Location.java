package dev.wireline.http;

/**
 * The value of a Location field and the URL that it means (RFC 9110, section 10.2.2).
 *
 * <p><b>Lenient:</b> a blank or a character beyond ASCII behind the host is percent-encoded as
 * UTF-8, since servers redirect to the names of their files as these are. In the host a blank stays
 * an error, and international names are no leniency.
 */
final class Location {
  private Location() {}

  /**
   * Resolves a value. Without a fragment of its own the URL has that of the base.
   *
   * @throws IllegalArgumentException if it is no http or https URL
   */
  static HttpUrl resolve(HttpUrl base, String value) {
    UrlText text = new UrlText(value);
    String encoded = PercentCoding.encodeBeyondAscii(value, tailStart(text));
    HttpUrl url = base.resolve(encoded);
    return url.fragment().isPresent() ? url : url.withFragmentOf(base);
  }

  /** Where the authority ends, or 0 where the value has none. */
  private static int tailStart(UrlText value) {
    int scheme = value.firstOf(":/?#", 0);
    int slashes =
        scheme < value.text().length() && value.text().charAt(scheme) == ':' ? scheme + 1 : 0;
    boolean hasAuthority = value.text().startsWith("//", slashes);
    return hasAuthority ? value.firstOf("/?#", slashes + 2) : 0;
  }
}
