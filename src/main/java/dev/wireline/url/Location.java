package dev.wireline.url;

import java.util.Objects;

/**
 * The value of a Location field and the URL that it means (RFC 9110, section 10.2.2).
 *
 * <p><b>Lenient:</b> a blank or a character beyond ASCII behind the host is percent-encoded as
 * UTF-8, since servers redirect to the names of their files as these are. In the host a blank stays
 * an error, and international names are no leniency.
 */
public final class Location {
  private Location() {}

  /**
   * Resolves a value. Without a fragment of its own the URL has that of the base.
   *
   * @param base the URL whose response has the field
   * @param value the value of the field
   * @return the URL that is meant
   * @throws IllegalArgumentException if it is not a valid http or https URL
   */
  public static HttpUrl resolve(HttpUrl base, String value) {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(value, "value");
    UrlText text = new UrlText(value);
    String encoded = PercentCoding.encodeBeyondAscii(value, tailStart(text));
    HttpUrl url = base.resolve(encoded);
    return url.fragment().isPresent() ? url : url.withFragmentOf(base);
  }

  /**
   * A value for a log or a message: its query may hold a secret, and so may its fragment.
   *
   * @param value the value of the field
   * @return the value in quotes, without query and fragment, and not at all where it may hold a password
   */
  public static String shown(String value) {
    Objects.requireNonNull(value, "value");
    return new UrlText(value).shown();
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
