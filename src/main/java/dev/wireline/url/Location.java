package dev.wireline.url;

import dev.wireline.internal.StrictText;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Resolves the value of a Location field to a URL (RFC 9110, section 10.2.2).
 *
 * <p><b>Lenient:</b> a space or non-ASCII octet after the host is percent-encoded as it came, whatever its
 * charset, since servers redirect to the names of their files without encoding them. In the host a space is an
 * error, and an international name is UTF-8. A backslash in a path counts as a slash, as in browsers (WHATWG
 * URL, section 4.4); in a query or fragment it is percent-encoded. A colon with no port after it is left out
 * (RFC 3986, section 3.2.3).
 *
 * <p><b>Strict:</b> if a backslash would affect which host is meant, the value is not valid.
 */
public final class Location {
  private Location() {}

  /**
   * Resolves a value. If it has no fragment, the URL gets that of the base.
   *
   * @param base the URL whose response has the field
   * @param value the value of the field
   * @return the URL
   * @throws IllegalArgumentException if it is not a valid http or https URL
   */
  public static HttpUrl resolve(HttpUrl base, String value) {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(value, "value");
    return resolve(base, StrictText.utf8("location", value));
  }

  /**
   * As the other, for a value in octets.
   *
   * @param base the URL whose response has the field
   * @param value the octets of the value
   * @return the URL
   * @throws IllegalArgumentException if it is not a valid http or https URL
   */
  public static HttpUrl resolve(HttpUrl base, byte[] value) {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(value, "value");
    HttpUrl url = base.resolve(reference(value));
    return url.fragment().isPresent() ? url : url.withFragmentOf(base);
  }

  /**
   * A value as a reference: everything after its host is percent-encoded as it came.
   *
   * @param value the octets of the value
   * @return the reference, ASCII except for an international name
   * @throws IllegalArgumentException if the host is not UTF-8
   */
  public static String reference(byte[] value) {
    Objects.requireNonNull(value, "value");
    int tail = tailStart(new UrlText(new String(value, StandardCharsets.ISO_8859_1)));
    String start = withoutEmptyPort(authority(value, tail));
    return start + withoutBackslashes(PercentCoding.encodeBeyondAscii(value, tail), tail > 0);
  }

  private static String withoutEmptyPort(String start) {
    int last = start.length() - 1;
    boolean empty = last > 0 && start.charAt(last) == ':' && start.charAt(last - 1) != ':';
    return empty ? start.substring(0, last) : start;
  }

  private static String withoutBackslashes(String tail, boolean afterHost) {
    if (tail.indexOf('\\') < 0) {
      return tail;
    }
    UrlText text = new UrlText(tail);
    int path = text.firstOf("?#", 0);
    String slashed = tail.substring(0, path).replace('\\', '/');
    int first = text.firstOf(":/\\?#", 0);
    boolean hasScheme = first < path && tail.charAt(first) == ':';
    return afterHost || !(hasScheme || slashed.startsWith("//"))
        ? slashed + tail.substring(path).replace("\\", "%5C")
        : tail;
  }

  private static String authority(byte[] value, int length) {
    try {
      return StrictText.decode(value, 0, length, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the host of a Location is UTF-8", e);
    }
  }

  /**
   * A value for a log or a message: its query may hold a secret, and so may its fragment.
   *
   * @param value the value of the field
   * @return the value in quotes, without query and fragment; left out entirely if it may hold a password
   */
  public static String shown(String value) {
    Objects.requireNonNull(value, "value");
    return new UrlText(value).shown();
  }

  /** Where the authority ends, or 0 if the value has none. */
  private static int tailStart(UrlText value) {
    int scheme = value.firstOf(":/?#", 0);
    int slashes =
        scheme < value.text().length() && value.text().charAt(scheme) == ':' ? scheme + 1 : 0;
    boolean hasAuthority = value.text().startsWith("//", slashes);
    return hasAuthority ? value.firstOf("/?#", slashes + 2) : 0;
  }
}
