package dev.wireline.url;

import dev.wireline.internal.StrictText;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The value of a Location field and the URL that it means (RFC 9110, section 10.2.2).
 *
 * <p><b>Lenient:</b> a blank or an octet beyond ASCII after the host is percent-encoded as it came,
 * whatever its charset, since servers redirect to the names of their files as these are. A backslash in a
 * path is a slash, as browsers read it, and one in a query or a fragment is percent-encoded. In the host a
 * blank stays an error, an international name is UTF-8, and a backslash at a place where a host could begin
 * or end is refused, since readers differ about what it means there.
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
    return resolve(base, StrictText.utf8("location", value));
  }

  /**
   * As the other, for a value as it came.
   *
   * @param base the URL whose response has the field
   * @param value the octets of the value
   * @return the URL that is meant
   * @throws IllegalArgumentException if it is not a valid http or https URL
   */
  public static HttpUrl resolve(HttpUrl base, byte[] value) {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(value, "value");
    HttpUrl url = base.resolve(reference(value));
    return url.fragment().isPresent() ? url : url.withFragmentOf(base);
  }

  /**
   * A value as a reference: what is after its host percent-encoded as it came.
   *
   * @param value the octets of the value
   * @return the reference, ASCII but for an international name
   * @throws IllegalArgumentException if the host is not UTF-8
   */
  public static String reference(byte[] value) {
    Objects.requireNonNull(value, "value");
    UrlText text = new UrlText(new String(value, StandardCharsets.ISO_8859_1));
    int tail = tailStart(text);
    int query = text.firstOf("?#", tail);
    byte[] read = withSlashes(value, pathStart(text, tail), query);
    return authority(read, tail) + PercentCoding.encodeBeyondAscii(read, tail, query);
  }

  /** The value with slashes for the backslashes of its path, from where no host can begin any more. */
  private static byte[] withSlashes(byte[] value, int path, int end) {
    byte[] read = value.clone();
    int from = path < end && read[path] == '/' ? path + 2 : path + 1;
    for (int i = from; i < end; i++) {
      if (read[i] == '\\') {
        read[i] = '/';
      }
    }
    return read;
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
   * @return the value in quotes, without query and fragment, and not at all where it may hold a password
   */
  public static String shown(String value) {
    Objects.requireNonNull(value, "value");
    return new UrlText(value).shown();
  }

  /** Where the authority ends, or 0 where the value has none. */
  private static int tailStart(UrlText value) {
    int slashes = schemeEnd(value);
    boolean hasAuthority = value.text().startsWith("//", slashes);
    return hasAuthority ? value.firstOf("/?#", slashes + 2) : 0;
  }

  /** Where the path begins: behind the authority, else behind the scheme. */
  private static int pathStart(UrlText value, int tail) {
    return tail > 0 ? tail : schemeEnd(value);
  }

  private static int schemeEnd(UrlText value) {
    int colon = value.firstOf(":/?#", 0);
    return colon < value.text().length() && value.text().charAt(colon) == ':' ? colon + 1 : 0;
  }
}
