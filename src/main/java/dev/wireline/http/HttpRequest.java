package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.RequestFields;
import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.url.HttpUrl;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request: method, target, header fields and an optional body (RFC 9110, RFC 9112).
 *
 * <pre>{@code
 * HttpRequest request = HttpRequest.post(url)
 *     .query("place", "harbour")
 *     .header("Accept", "text/plain")
 *     .body(Body.of("{\"name\":\"buoy\"}", "application/json"));
 * HttpResponse response = agent.send(request);
 * }</pre>
 *
 * <p>Each method that changes something returns a new request. Everything is checked here, before a byte is
 * sent: a control or non-ASCII character is refused wherever it appears, never silently dropped or encoded.
 * {@link #headerOctets} sends octets beyond ASCII.
 *
 * <p>The client adds Host, User-Agent, the fields that frame the body, Connection if needed, and its {@link
 * HttpOptions#headers}. A request may have its own Host, Connection, Content-Length and Expect, which are
 * checked and sent. A Content-Length that does not match the body is refused when the request is sent;
 * Transfer-Encoding is always refused.
 *
 * <p>A request is idempotent, and may be retried automatically, if its method is GET, HEAD, OPTIONS, TRACE, PUT
 * or DELETE (RFC 9110, section 9.2.2), if it has an Idempotency-Key field, by which the server recognizes a
 * repeat, or if it was made {@link #idempotent}.
 *
 * <p>Immutable.
 */
public final class HttpRequest {
  private static final String AUTHORIZATION = "Authorization";

  private final String method;
  private final String target;
  private final @Nullable HttpUrl url;
  private final Headers headers;
  private final @Nullable Body body;
  private final boolean idempotent;

  private HttpRequest(
      String method, String target, @Nullable HttpUrl url, Headers headers, @Nullable Body body) {
    this(method, target, url, headers, body, false);
  }

  private HttpRequest(
      String method,
      String target,
      @Nullable HttpUrl url,
      Headers headers,
      @Nullable Body body,
      boolean idempotent) {
    this.method = method;
    this.target = target;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.idempotent = idempotent;
  }

  /**
   * A GET request (RFC 9110, section 9.3.1).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest get(String target) {
    return of("GET", target);
  }

  /**
   * A HEAD request (RFC 9110, section 9.3.2).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest head(String target) {
    return of("HEAD", target);
  }

  /**
   * A POST request without a body yet (RFC 9110, section 9.3.3).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest post(String target) {
    return of("POST", target);
  }

  /**
   * A PUT request without a body yet (RFC 9110, section 9.3.4).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest put(String target) {
    return of("PUT", target);
  }

  /**
   * A PATCH request without a body yet (RFC 5789).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest patch(String target) {
    return of("PATCH", target);
  }

  /**
   * A DELETE request (RFC 9110, section 9.3.5).
   *
   * @param target path and query, or a URL, as {@link #of} accepts them
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest delete(String target) {
    return of("DELETE", target);
  }

  /**
   * An OPTIONS request (RFC 9110, section 9.3.7).
   *
   * @param target path and query, as {@link #of} accepts them, or {@code *} for the server as a whole
   * @return the request
   * @throws IllegalArgumentException if the target is refused by {@link #of}
   */
  public static HttpRequest options(String target) {
    return of("OPTIONS", target);
  }

  /**
   * A request with any method.
   *
   * @param method a token, sent as spelled; not {@code CONNECT}
   * @param target path and query in origin-form (RFC 9112, section 3.2.1), already percent-encoded: visible
   *     ASCII that starts with {@code /} and has no {@code #}; empty text means {@code /}. Or a whole URL, as
   *     {@link HttpUrl#parse} reads it: an {@link HttpAgent} needs one, and an {@link HttpClient} accepts one
   *     of its own origin
   * @return the request, without a body or fields, except that user info in the URL becomes a secret
   *     Authorization field (basic auth)
   * @throws IllegalArgumentException if the method is not a token or is CONNECT, or the target has none of
   *     these forms; the message says what is wrong and where
   */
  public static HttpRequest of(String method, String target) {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    if (RequestTarget.isUrl(target)) {
      return of(method, HttpUrl.parse(target));
    }
    String checked = RequestTarget.checkedMethod(method);
    String place = RequestTarget.checked(checked, target);
    return new HttpRequest(checked, place, null, Headers.empty(), null);
  }

  /**
   * A request for a URL, with any method.
   *
   * @param method a token, sent as spelled; not {@code CONNECT}
   * @param url the URL; its fragment is not sent
   * @return the request, as by {@link #of(String, String)}
   * @throws IllegalArgumentException if the method is not a token or is CONNECT, or if it is TRACE and the URL
   *     has user info
   */
  public static HttpRequest of(String method, HttpUrl url) {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(url, "url");
    String checked = RequestTarget.checkedMethod(method);
    HttpUrl shown = url.withoutUserInfo();
    return new HttpRequest(checked, url.target(), shown, Headers.empty(), null).proving(url);
  }

  /** The request to the next hop, whose parts were checked before. */
  HttpRequest next(Hop hop, @Nullable Body content) {
    return new HttpRequest(
        hop.method(), hop.url().target(), hop.url(), hop.headers(), content, idempotent);
  }

  /**
   * The method.
   *
   * @return a token
   */
  public String method() {
    return method;
  }

  /**
   * The target as it is sent.
   *
   * @return path and query, or {@code *}
   */
  public String target() {
    return target;
  }

  /**
   * The URL that the request is for.
   *
   * @return the URL without user info; empty for a request created from a path
   */
  public Optional<HttpUrl> url() {
    return Optional.ofNullable(url);
  }

  /** The URL, or null. */
  @Nullable
  HttpUrl whole() {
    return url;
  }

  /**
   * This request for another URL. If that has another origin, Host and all secret fields are left out.
   *
   * @param other the URL; its fragment is not sent
   * @return a new request with the same method and body; user info in the URL becomes a secret Authorization
   *     field (basic auth), replacing any other
   * @throws IllegalArgumentException if the method is TRACE and the URL has user info
   */
  public HttpRequest withUrl(HttpUrl other) {
    Objects.requireNonNull(other, "other");
    boolean stays = url != null && url.sameOrigin(other);
    Headers fields = stays ? headers : RedirectFields.forOtherOrigin(headers);
    HttpUrl shown = other.withoutUserInfo();
    HttpRequest request = new HttpRequest(method, other.target(), shown, fields, body, idempotent);
    return request.proving(other);
  }

  /** This request, which has only a path, with its URL. */
  HttpRequest at(HttpUrl whole) {
    return new HttpRequest(method, whole.target(), whole, headers, body);
  }

  private HttpRequest proving(HttpUrl other) {
    return other.user().isEmpty()
        ? this
        : withoutHeader(AUTHORIZATION).secretHeader(AUTHORIZATION, BasicCredentials.field(other));
  }

  /** Whether the request can be sent again, as far as its body decides. */
  boolean isRepeatable() {
    return body == null || body.isRepeatable();
  }

  /** Whether sending the request twice has the effect of sending it once (RFC 9110, section 9.2.2). */
  boolean isReplayable() {
    return isRepeatable() && isIdempotent();
  }

  boolean isIdempotent() {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
      default -> idempotent || headers.contains("Idempotency-Key");
    };
  }

  /**
   * This request marked as safe to retry: the caller knows that the server carries it out once, or that twice
   * does no harm. It is retried whenever a GET would be (RFC 9110, section 9.2.2).
   *
   * @return a new request, whatever its method
   */
  public HttpRequest idempotent() {
    return new HttpRequest(method, target, url, headers, body, true);
  }

  /**
   * This request with a parameter added to the end of its query. Name and value are percent-encoded as UTF-8,
   * as by {@link HttpUrl#query}.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return a new request
   * @throws IllegalArgumentException if the name or value has a lone surrogate, or the target is {@code *}
   */
  public HttpRequest query(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    HttpUrl place = url;
    if (place != null) {
      HttpUrl longer = place.query(name, value);
      return new HttpRequest(method, longer.target(), longer, headers, body, idempotent);
    }
    return new HttpRequest(
        method, RequestTarget.withParameter(target, name, value), null, headers, body, idempotent);
  }

  /**
   * The header fields that the caller set, without those that the client will add.
   *
   * @return the fields
   */
  public Headers headers() {
    return headers;
  }

  /**
   * The body.
   *
   * @return the body, empty if there is none
   */
  public Optional<Body> body() {
    return Optional.ofNullable(body);
  }

  /**
   * This request with a header field added at the end.
   *
   * @param name the name, a token
   * @param value the value; blanks around it are dropped
   * @return a new request
   * @throws IllegalArgumentException if {@link Headers#with} refuses the name or value; if the field is
   *     Transfer-Encoding, a second or malformed Host, Content-Length or Expect, or a malformed Connection; or
   *     if a TRACE request would get a secret field
   */
  public HttpRequest header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return checked(headers.with(name, value), name);
  }

  /**
   * This request with a header field added at the end, whose value is given in octets, for a server that
   * expects a charset beyond ASCII in it.
   *
   * @param name the name, a token
   * @param value the octets; blanks around them are dropped
   * @return a new request
   * @throws IllegalArgumentException if {@link Headers#withOctets} refuses the name or value; otherwise as by
   *     {@link #header}
   */
  public HttpRequest headerOctets(String name, byte[] value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return checked(headers.withOctets(name, value), name);
  }

  /**
   * This request with a header field added at the end, whose value never appears in a message or log.
   *
   * @param name the name, a token; the mark covers all fields of that name
   * @param value the value; blanks around it are dropped
   * @return a new request
   * @throws IllegalArgumentException as by {@link #header}
   */
  public HttpRequest secretHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return checked(headers.withSecret(name, value), name);
  }

  /**
   * This request with one value for a name, replacing all fields of that name.
   *
   * @param name the name, a token
   * @param value the value; blanks around it are dropped
   * @return a new request
   * @throws IllegalArgumentException as by {@link #header}
   */
  public HttpRequest replacingHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return checked(headers.replacing(name, value), name);
  }

  /**
   * This request without the header fields of a name.
   *
   * @param name the name; if there is no such field, nothing changes
   * @return a request without them
   */
  public HttpRequest withoutHeader(String name) {
    Objects.requireNonNull(name, "name");
    return new HttpRequest(method, target, url, headers.without(name), body, idempotent);
  }

  /** This request with the default fields whose names it does not have; a TRACE gets no secrets. */
  HttpRequest withDefaults(Headers defaults) {
    HttpRequest request = this;
    for (String name : defaults.size() == 0 ? List.<String>of() : defaults.names()) {
      boolean secret = defaults.isSecret(name);
      if (!headers.contains(name) && !(secret && method.equals("TRACE"))) {
        for (String value : defaults.all(name)) {
          request = secret ? request.secretHeader(name, value) : request.header(name, value);
        }
      }
    }
    return request;
  }

  /** This request with other fields, which suit any request. */
  HttpRequest withOnly(Headers fields) {
    return new HttpRequest(method, target, url, fields, body, idempotent);
  }

  private HttpRequest checked(Headers changed, String name) {
    RequestFields.check(method, changed, name);
    return new HttpRequest(method, target, url, changed, body, idempotent);
  }

  /**
   * This request with a body. Its media type is sent as Content-Type, unless the request has a Content-Type of
   * its own.
   *
   * @param content the body
   * @return a new request
   * @throws IllegalArgumentException if the method is TRACE, which has none (RFC 9110, section
   *     9.3.8)
   */
  public HttpRequest body(Body content) {
    Objects.requireNonNull(content, "content");
    if (method.equals("TRACE")) {
      throw new IllegalArgumentException("a TRACE request has no body (RFC 9110, section 9.3.8)");
    }
    return new HttpRequest(method, target, url, headers, content, idempotent);
  }

  /**
   * The request as text for people: method, path, the names of the fields and the size of the body, but no
   * value, query or content.
   *
   * @return one line of text
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(method).append(' ');
    out.append(url == null ? RequestTarget.withoutQuery(target) : url.shown());
    if (headers.size() > 0) {
      out.append(" with ").append(String.join(", ", headers.names()));
    }
    if (body != null) {
      out.append(" and ").append(body);
    }
    return out.toString();
  }
}
