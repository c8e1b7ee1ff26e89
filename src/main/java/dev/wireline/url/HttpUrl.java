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
 * <p>The host is canonical: lower case, international names in ASCII, without a trailing dot, IPv6
 * as RFC 5952 writes it, and what {@link Endpoint} refuses is refused here. Path, query and fragment
 * stay as they were written. There is one parser, and what it read is what is dialled.
 *
 * <p>User info is read into {@link #user} and {@link #password} and shows nowhere else: not in
 * {@link #toString}, the target, the origin or a message.
 *
 * <p><b>Strict:</b> other schemes, blanks, control characters, a backslash, characters beyond ASCII
 * behind the host, a second {@code @} before the path, and any {@code %} in the host are refused: each
 * makes one reader see another host or path than the next. A zone behind an IPv6 address goes with the {@code %}: it has a meaning on one machine only.
 *
 * <p><b>Lenient:</b> the characters {@code "<>[]^`{|}}, a {@code %} without two hexadecimal digits, and
 * a {@code #} in the fragment are kept as they are, where RFC 3986 has no place for them: servers write
 * them, and none of them ends a host. So is a {@code @} with nothing before it.
 *
 * <p>Immutable. Two URLs are equal when all their parts are, user info and fragment included.
 */
public final class HttpUrl {
  private final Endpoint endpoint;
  private final @Nullable UserInfo userInfo;
  private final UrlTail tail;

  /** Takes parts that were checked; the path is not empty. */
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
   * @throws IllegalArgumentException if it is none; the message says what is wrong and at which
   *     index, and shows neither user info nor query
   */
  public static HttpUrl parse(String text) {
    Objects.requireNonNull(text, "text");
    return UrlParser.parse(text);
  }

  /**
   * Where the URL is served.
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
   * @return the path as written, {@code /} where none was
   */
  public String path() {
    return tail.path();
  }

  /**
   * The query.
   *
   * @return what stands behind the {@code ?}, as written and perhaps empty text; empty without one
   */
  public Optional<String> query() {
    return Optional.ofNullable(tail.query());
  }

  /**
   * The fragment, which stays with the caller and is never sent.
   *
   * @return what stands behind the {@code #}, as written and perhaps empty text; empty without one
   */
  public Optional<String> fragment() {
    return Optional.ofNullable(tail.fragment());
  }

  /**
   * The name in the user info, to make credentials of.
   *
   * @return what stands before the first {@code :}, percent-decoded and perhaps empty text; empty if the URL
   *     has no user info
   */
  public Optional<String> user() {
    return userInfo == null ? Optional.empty() : Optional.of(userInfo.user());
  }

  /**
   * The password in the user info, to make credentials of.
   *
   * @return what stands behind the first {@code :}, percent-decoded and perhaps empty text; empty if the user
   *     info has no colon or the URL no user info
   */
  public Optional<String> password() {
    return userInfo == null ? Optional.empty() : Optional.ofNullable(userInfo.password());
  }

  /**
   * This URL without its user info.
   *
   * @return a URL that has none
   */
  public HttpUrl withoutUserInfo() {
    return userInfo == null ? this : new HttpUrl(endpoint, null, tail);
  }

  /**
   * Scheme, host and port in one text, as RFC 6454, section 6.2 writes an origin.
   *
   * @return such as {@code https://example.org:8443}; the port is left out where it is the default
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
   * The URL that a reference means here (RFC 3986, section 5.2). Dot segments are removed. User info
   * goes on to a reference without a host, and no further.
   *
   * <p><b>Strict:</b> {@code http:path} is refused, as section 5.2.2 has it; section 5.4.2 tells of
   * old parsers that take it for a relative reference.
   *
   * @param reference a relative reference such as {@code ../b?c}, {@code ?c}, {@code #d} or {@code
   *     //host/a}, or an absolute URL; empty text is this URL without its fragment
   * @return the URL
   * @throws IllegalArgumentException if the result is no http or https URL; the message is as by
   *     {@link #parse}
   */
  public HttpUrl resolve(String reference) {
    Objects.requireNonNull(reference, "reference");
    return UrlParser.resolve(this, reference);
  }

  /**
   * This URL with one more parameter at the end of its query. Name and value are percent-encoded as
   * UTF-8; all but letters, digits and {@code -._~} is, so that a blank is {@code %20}.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return the URL with the parameter; its fragment stays
   * @throws IllegalArgumentException if name or value have a lone surrogate
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
   * This URL with one more segment at the end of its path, whatever is in it: all but letters, digits and
   * {@code -._~} is percent-encoded as UTF-8, a slash too.
   *
   * @param segment the segment, not encoded, such as the name of a file; empty text gives a path that ends in
   *     a slash, into which the next segment goes
   * @return the URL with the segment; its query and fragment stay
   * @throws IllegalArgumentException if it is {@code .} or {@code ..}, which are steps and not names in every
   *     spelling (RFC 3986, section 5.2.4), or has a lone surrogate
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
   * The parameters of the query, decoded: a plus sign is a blank, as in the query that a form makes (WHATWG
   * URL, section 5.1). Nothing is refused: a {@code %} without its two digits stays as it is, and bytes that
   * are not UTF-8 become U+FFFD.
   *
   * @return the values of each name in order, by names in order, unmodifiable; none without a query
   */
  public Map<String, List<String>> parameters() {
    String query = tail.query();
    return query == null ? Map.of() : FormText.parse(query);
  }

  /**
   * The first value of a parameter of the query, decoded as by {@link #parameters}.
   *
   * @param name the name, not encoded
   * @return the value, possibly empty text; empty without such a parameter
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
   * The canonical text without user info; without any, {@link #parse} makes an equal URL of it. The
   * query is in it, and may be a secret of its own.
   *
   * @return such as {@code https://example.org/news?page=2#top}
   */
  @Override
  public String toString() {
    String fragment = tail.fragment();
    return origin() + target() + (fragment == null ? "" : "#" + fragment);
  }
}
