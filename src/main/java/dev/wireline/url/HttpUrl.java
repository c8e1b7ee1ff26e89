package dev.wireline.url;

import dev.wireline.endpoint.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL (RFC 3986; RFC 9110, section 4.2).
 *
 * <p>The host is canonical: lower case, international names in ASCII, no trailing dot, IPv6 as in RFC 5952;
 * what {@link Endpoint} refuses is refused here. Path, query and fragment stay as they were written. There is a
 * single parser, so the host that it reads is the host that is dialled.
 *
 * <p>User info is available from {@link #user} and {@link #password} and appears nowhere else: not in {@link
 * #toString}, the target, the origin or a message.
 *
 * <p><b>Strict:</b> other schemes, spaces, control characters, backslashes, non-ASCII characters after the
 * host, a second {@code @} before the path, and any {@code %} in the host are refused: each makes different
 * readers see different hosts or paths. This rules out the zone of an IPv6 address, which means something on
 * one machine only.
 *
 * <p><b>Lenient:</b> the characters {@code "<>[]^`{|}}, a {@code %} without two hexadecimal digits, and a
 * {@code #} in the fragment are kept as they are, although RFC 3986 does not allow them: servers write them,
 * and none of them ends a host. So is a {@code @} with nothing before it.
 *
 * <p>Immutable. Two URLs are equal when all their parts are, user info and fragment included.
 */
public final class HttpUrl {
  private final Endpoint endpoint;
  private final @Nullable UserInfo userInfo;
  private final UrlTail tail;

  /** Creates a URL from checked parts; the path is not empty. */
  HttpUrl(Endpoint endpoint, @Nullable UserInfo userInfo, UrlTail tail) {
    this.endpoint = endpoint;
    this.userInfo = userInfo;
    this.tail = tail;
  }

  /**
   * Parses an absolute URL.
   *
   * @param text such as {@code https://example.org/news?page=2}; the scheme in any case
   * @return the URL
   * @throws IllegalArgumentException if it is not a valid URL; the message says what is wrong and at which
   *     index, but shows neither user info nor query
   */
  public static HttpUrl parse(String text) {
    Objects.requireNonNull(text, "text");
    return UrlParser.parse(text);
  }

  /**
   * The endpoint to dial for the URL.
   *
   * @return host and port, with TLS for https; port 80 or 443 unless the URL names another
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Whether the scheme is https.
   *
   * @return true for https, false for http
   */
  public boolean isSecure() {
    return endpoint.isTls();
  }

  /**
   * The host.
   *
   * @return a name in lower-case ASCII or an address without brackets
   */
  public String host() {
    return endpoint.host();
  }

  /**
   * The port.
   *
   * @return 1 to 65535
   */
  public int port() {
    return endpoint.port();
  }

  /**
   * The target of a request for this URL, in origin-form (RFC 9112, section 3.2.1).
   *
   * @return path and query, without the fragment
   */
  public String target() {
    return tail.target();
  }

  /**
   * The path.
   *
   * @return the path as written, {@code /} if there was none
   */
  public String path() {
    return tail.path();
  }

  /**
   * The query.
   *
   * @return what follows the {@code ?}, as written, possibly an empty string; empty if there is no {@code ?}
   */
  public Optional<String> query() {
    return Optional.ofNullable(tail.query());
  }

  /**
   * The fragment, which stays with the caller and is never sent.
   *
   * @return what follows the {@code #}, as written, possibly an empty string; empty if there is no {@code #}
   */
  public Optional<String> fragment() {
    return Optional.ofNullable(tail.fragment());
  }

  /**
   * The name in the user info, for credentials.
   *
   * @return what precedes the first {@code :}, percent-decoded, possibly an empty string; empty if the URL has
   *     no user info
   */
  public Optional<String> user() {
    return userInfo == null ? Optional.empty() : Optional.of(userInfo.user());
  }

  /**
   * The password in the user info, for credentials.
   *
   * @return what follows the first {@code :}, percent-decoded, possibly an empty string; empty if the user info
   *     has no colon or the URL has no user info
   */
  public Optional<String> password() {
    return userInfo == null ? Optional.empty() : Optional.ofNullable(userInfo.password());
  }

  /**
   * This URL without its user info.
   *
   * @return a URL without user info
   */
  public HttpUrl withoutUserInfo() {
    return userInfo == null ? this : new HttpUrl(endpoint, null, tail);
  }

  /**
   * Scheme, host and port in one text, as RFC 6454, section 6.2 writes an origin.
   *
   * @return such as {@code https://example.org:8443}; the default port is left out
   */
  public String origin() {
    String scheme = isSecure() ? "https" : "http";
    int standard = isSecure() ? UrlParser.HTTPS_PORT : UrlParser.HTTP_PORT;
    String authority = endpoint.authority();
    if (port() == standard) {
      authority = authority.substring(0, authority.lastIndexOf(':'));
    }
    return scheme + "://" + authority;
  }

  /**
   * Whether another URL has the same scheme, host and port (RFC 6454, section 5).
   *
   * @param other the other URL
   * @return true if all three are the same
   */
  public boolean sameOrigin(HttpUrl other) {
    Objects.requireNonNull(other, "other");
    return endpoint.equals(other.endpoint);
  }

  /**
   * Resolves a reference against this URL (RFC 3986, section 5.2). Dot segments are removed. User info is
   * passed on only to a reference without a host.
   *
   * <p><b>Strict:</b> {@code http:path} is refused, as section 5.2.2 requires; section 5.4.2 mentions old
   * parsers that take it for a relative reference.
   *
   * @param reference a relative reference such as {@code ../b?c}, {@code ?c}, {@code #d} or {@code //host/a},
   *     or an absolute URL; an empty string means this URL without its fragment
   * @return the URL
   * @throws IllegalArgumentException if the result is not an http or https URL; the message is as by {@link
   *     #parse}
   */
  public HttpUrl resolve(String reference) {
    Objects.requireNonNull(reference, "reference");
    return UrlParser.resolve(this, reference);
  }

  /**
   * This URL with a parameter added to the end of its query. Everything in name and value except letters,
   * digits and {@code -._~} is percent-encoded as UTF-8; a space becomes {@code %20}.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return the URL with the parameter; its fragment stays
   * @throws IllegalArgumentException if the name or value has a lone surrogate
   */
  public HttpUrl query(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    String parameter = PercentCoding.parameter(name, value);
    String before = tail.query();
    String all = before == null || before.isEmpty() ? parameter : before + "&" + parameter;
    return withTail(new UrlTail(tail.path(), all, tail.fragment()));
  }

  /**
   * This URL with a segment added to the end of its path, whatever it contains: everything except letters,
   * digits and {@code -._~}, even a slash, is percent-encoded as UTF-8.
   *
   * @param segment the segment, not encoded, such as a file name; an empty string yields a path that ends in a
   *     slash, after which the next segment goes
   * @return the URL with the segment; its query and fragment stay
   * @throws IllegalArgumentException if it is {@code .} or {@code ..}, which are never names, however they are
   *     spelled (RFC 3986, section 5.2.4), or has a lone surrogate
   */
  public HttpUrl segment(String segment) {
    Objects.requireNonNull(segment, "segment");
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(
          "a segment is a name, and \"" + segment + "\" is a step; resolve() takes steps");
    }
    String slash = tail.path().endsWith("/") ? "" : "/";
    String longer = tail.path() + slash + PercentCoding.encode(segment);
    return withTail(new UrlTail(longer, tail.query(), tail.fragment()));
  }

  /**
   * The parameters of the query, decoded: a plus sign is a space, as in the query of a form (WHATWG URL,
   * section 5.1). Nothing is refused: a {@code %} without its two digits stays as it is, and bytes that are not
   * UTF-8 become U+FFFD.
   *
   * @return the values of each name in order, by names in order, unmodifiable; empty without a query
   */
  public Map<String, List<String>> parameters() {
    String query = tail.query();
    return query == null ? Map.of() : FormText.parse(query);
  }

  /**
   * The first value of a parameter of the query, decoded as by {@link #parameters}.
   *
   * @param name the name, not encoded
   * @return the value, possibly an empty string; empty if there is no such parameter
   */
  public Optional<String> parameter(String name) {
    Objects.requireNonNull(name, "name");
    List<String> values = parameters().get(name);
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  /** This URL with the fragment of another. */
  HttpUrl withFragmentOf(HttpUrl other) {
    return withTail(new UrlTail(tail.path(), tail.query(), other.tail.fragment()));
  }

  HttpUrl withTail(UrlTail other) {
    return new HttpUrl(endpoint, userInfo, other);
  }

  UrlTail tail() {
    return tail;
  }

  /**
   * The URL for a log or a message: its query may hold a secret, and so may its fragment.
   *
   * @return the text without user info and fragment, and with {@code ?***} in place of a query
   */
  public String shown() {
    String end = tail.query() == null ? "" : "?***";
    return origin() + tail.path() + end;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpUrl that
        && endpoint.equals(that.endpoint)
        && tail.equals(that.tail)
        && Objects.equals(userInfo, that.userInfo);
  }

  @Override
  public int hashCode() {
    return (endpoint.hashCode() * 31 + tail.hashCode()) * 31 + Objects.hashCode(userInfo);
  }

  /**
   * The canonical text without user info; for a URL without any, {@link #parse} turns it into an equal URL. It
   * includes the query, which may hold a secret.
   *
   * @return such as {@code https://example.org/news?page=2#top}
   */
  @Override
  public String toString() {
    String fragment = tail.fragment();
    return origin() + target() + (fragment == null ? "" : "#" + fragment);
  }
}
