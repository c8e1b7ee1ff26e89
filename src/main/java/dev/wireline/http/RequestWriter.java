package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ContentType;
import dev.wireline.http.grammar.HostField;
import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Formats request heads into one reusable buffer (RFC 9112, sections 3 and 6). Not thread-safe.
 *
 * <p>The request line is followed by Host, User-Agent, the caller's fields in their order, the Content-Type of
 * the body, what frames the body, and Connection if needed.
 */
final class RequestWriter {
  /** The length of a body that is not known before it is sent. */
  static final long UNKNOWN = Content.UNKNOWN;

  /** Room for a head of the usual size. */
  static final int FIRST_BYTES = 256;

  private static final long NO_BODY = -2;
  private static final String HOST = "Host";
  private static final String BOUNDARY = "boundary";
  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String CONNECTION = "Connection";

  private final HttpVersion version;
  private final String host;
  private final boolean keepAlive;
  private final String prefix;
  private String userAgent = "";

  private byte[] bytes;
  private int length;
  private long bodyLength;
  private boolean persistent;
  private boolean expecting;

  /**
   * A writer for the requests to one origin.
   *
   * @param version the version to speak
   * @param host the value of Host unless a request has its own: host and, if it is not the default, port,
   *     without user info and zone
   * @param keepAlive whether the connection should stay open for another exchange
   * @throws IllegalArgumentException if the host is not valid
   */
  RequestWriter(HttpVersion version, String host, boolean keepAlive) {
    this(version, host, keepAlive, "", new byte[FIRST_BYTES]);
  }

  /**
   * As the other, for requests that a proxy forwards.
   *
   * @param prefix the origin to put before each target to make it absolute-form (section 3.2.2), or an empty
   *     string
   * @param buffer where heads are put if they fit
   */
  RequestWriter(HttpVersion version, String host, boolean keepAlive, String prefix, byte[] buffer) {
    HostField.check(host);
    this.version = version;
    this.host = host;
    this.keepAlive = keepAlive;
    this.prefix = prefix;
    this.bytes = buffer;
  }

  /** Adds a User-Agent to each request that has none; an empty string adds none. */
  RequestWriter as(String name) {
    userAgent = name;
    return this;
  }

  /** The buffer: valid up to {@link #length}, until the next request is written. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Whether another request may follow the last one, as far as that request decides.
   *
   * @return false if it said {@code close}, or was HTTP/1.0 and did not say {@code keep-alive}
   */
  boolean persistent() {
    return persistent;
  }

  /** The length of the last request's body; 0 without one, {@link #UNKNOWN} for one in chunks. */
  long bodyLength() {
    return bodyLength == NO_BODY ? 0 : bodyLength;
  }

  /** Whether the last request asks the server for a go-ahead for the body (RFC 9110, section 10.1.1). */
  boolean expecting() {
    return expecting;
  }

  /**
   * Puts the head of a request in the buffer, in place of what was there.
   *
   * @throws IllegalArgumentException if the request has a Content-Length that differs from its body's, expects
   *     100-continue without a body, or has a Content-Type without the boundary of its body; the buffer is then
   *     unusable
   * @throws IllegalStateException if its body was sent before and cannot be sent again
   * @throws IOException if the length of its body cannot be looked up
   */
  void write(HttpRequest request) throws IOException {
    Body body = request.body().orElse(null);
    write(request, body == null ? NO_BODY : body.lengthToSend());
  }

  /**
   * As {@link #write(HttpRequest)}, for a body of that length.
   *
   * @param contentLength the number of bytes, or {@link #UNKNOWN} for a body that is sent in chunks
   */
  void write(HttpRequest request, long contentLength) {
    length = 0;
    bodyLength = contentLength;
    Headers headers = request.headers();
    check(headers);
    text(request.method()).octet(' ').text(target(request)).octet(' ');
    text(version.toString()).lineEnd();
    field(HOST, headers.first(HOST).orElse(host));
    if (!userAgent.isEmpty() && !headers.contains(HttpOptions.USER_AGENT)) {
      field(HttpOptions.USER_AGENT, userAgent);
    }
    fields(headers.without(HOST));
    content(request);
    framing(request.method(), headers);
    connection(headers);
    lineEnd();
  }

  private String target(HttpRequest request) {
    return prefix.isEmpty() ? request.target() : RequestTarget.absolute(prefix, request.target());
  }

  /**
   * Appends the {@link #bodyLength} bytes of a content to the head, so that a small body is sent with it in one
   * write.
   */
  void append(Content content) throws IOException {
    reserve((int) bodyLength);
    int end = length + (int) bodyLength;
    try (InputStream input = content.open(bodyLength)) {
      while (length < end) {
        length += input.read(bytes, length, end - length);
      }
      // Checks that nothing follows, even after an empty content.
      input.read();
    }
  }

  private void check(Headers headers) {
    if (headers.contains(CONTENT_LENGTH)) {
      checkLength(headers.first(CONTENT_LENGTH).orElseThrow());
    }
    boolean expects = headers.contains("Expect");
    // An HTTP/1.0 server ignores the field, and nothing waits for an answer to it.
    expecting = expects && bodyLength != 0 && version == HttpVersion.HTTP_1_1;
    if (bodyLength == NO_BODY && expects) {
      throw new IllegalArgumentException("a request without a body expects no 100-continue");
    }
    if (bodyLength == UNKNOWN && version == HttpVersion.HTTP_1_0) {
      throw new IllegalArgumentException("HTTP/1.0 needs the length of a body beforehand");
    }
  }

  private void checkLength(String own) {
    long announced = Ascii.decimal(own, Long.MAX_VALUE);
    long actual = bodyLength == NO_BODY ? 0 : bodyLength;
    if (announced != actual) {
      throw new IllegalArgumentException(
          "Content-Length is " + own + " and the body has " + told(bodyLength));
    }
  }

  private static String told(long bodyLength) {
    return bodyLength == UNKNOWN ? "a length not known yet" : Math.max(0, bodyLength) + " bytes";
  }

  private void content(HttpRequest request) {
    Body body = request.body().orElse(null);
    if (body == null) {
      return;
    }
    String own = request.headers().first(Body.CONTENT_TYPE).orElse(null);
    if (own == null) {
      field(Body.CONTENT_TYPE, body.contentType());
    } else {
      checkBoundary(own, body.contentType());
    }
    if (!body.contentEncoding().isEmpty() && !request.headers().contains(Body.CONTENT_ENCODING)) {
      field(Body.CONTENT_ENCODING, body.contentEncoding());
    }
  }

  /** Without the boundary nobody finds the parts of a body (RFC 2046, section 5.1). */
  private static void checkBoundary(String own, String type) {
    Optional<String> boundary = ContentType.parameter(type, BOUNDARY);
    if (boundary.isPresent() && !ContentType.parameter(own, BOUNDARY).equals(boundary)) {
      throw new IllegalArgumentException("Content-Type is " + Quoted.text(own)
          + " and lacks the boundary of the body: leave the field out, and it will be " + type);
    }
  }

  private void framing(String method, Headers headers) {
    if (bodyLength == UNKNOWN) {
      field("Transfer-Encoding", "chunked");
    } else if (!headers.contains(CONTENT_LENGTH)
        && (bodyLength != NO_BODY || expectsContent(method))) {
      field(CONTENT_LENGTH, Long.toString(Math.max(0, bodyLength)));
    }
  }

  /**
   * RFC 9110, section 8.6: these methods must say that there is no content; for others the absence of a length
   * says so.
   */
  private static boolean expectsContent(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private void connection(Headers headers) {
    boolean close = headers.hasToken(CONNECTION, "close");
    boolean keep = headers.hasToken(CONNECTION, "keep-alive");
    if (version == HttpVersion.HTTP_1_1) {
      persistent = keepAlive && !close;
      if (!keepAlive && !close) {
        field(CONNECTION, "close");
      }
    } else {
      persistent = (keepAlive || keep) && !close;
      if (persistent && !keep) {
        field(CONNECTION, "keep-alive");
      }
    }
  }

  private void fields(Headers headers) {
    reserve(headers.encodedLength());
    length = headers.encode(bytes, length);
  }

  private void field(String name, String value) {
    text(name).octet(':').octet(' ').text(value).lineEnd();
  }

  // Everything that gets here was checked to be ASCII when the request was created.
  private RequestWriter text(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  private RequestWriter octet(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  private void lineEnd() {
    octet('\r').octet('\n');
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
