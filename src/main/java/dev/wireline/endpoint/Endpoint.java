package dev.wireline.endpoint;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens: a host and a port, with or without TLS, or a Unix-domain socket.
 *
 * <p>Immutable. Two endpoints are equal if they have the same host, port, path and use of TLS; no name is ever
 * looked up for that.
 *
 * <p>The forms that it parses:
 *
 * <pre>
 * example.org:80            a name
 * 192.0.2.1:80              an IPv4 address, in four decimal parts
 * [2001:db8::1]:80          an IPv6 address, with a zone where needed: [fe80::1%eth0]:80
 * tls://example.org:443     the same places, with TLS from the first byte
 * https://example.org       an origin, where a {@link Protocol} gives the scheme and the port
 * unix:/run/app.sock        a Unix-domain socket, by its absolute path
 * </pre>
 *
 * <p>Names are letters, digits, {@code -} and {@code _}, in labels of 1 to 63 characters and 253 in all; they
 * are compared in lower case, and one trailing dot is dropped. International names are converted to ASCII by
 * UTS 46, non-transitional, as in browsers: <code>fa&szlig;.de</code> is {@code xn--fa-hia.de}. Names without a
 * meaning there are refused, and so are invalid {@code xn--} labels.
 *
 * <p><b>Strict:</b> user info, a path after an origin, white space, control characters, a relative Unix path,
 * and numbers that only look like addresses ({@code 127.1}, {@code 2130706433}) are refused: each is either a
 * mistake or a way to make different readers see different hosts.
 */
public final class Endpoint {

  private static final int NO_PORT = -1;
  private static final String UNIX_HOST = "localhost";

  private final String host;
  private final int port;
  private final boolean tls;
  private final @Nullable Path path;

  private Endpoint(String host, int port, boolean tls, @Nullable Path path) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.path = path;
  }

  /** Creates an endpoint from checked parts. */
  static Endpoint of(String host, int port, boolean tls) {
    return new Endpoint(host, port, tls, null);
  }

  /**
   * Parses a text that names its port.
   *
   * @param text {@code host:port}, {@code tls://host:port} or {@code unix:/path}
   * @return the endpoint
   * @throws IllegalArgumentException if the text has none of these forms; the message says what is wrong and at
   *     which index, but shows neither user info nor a query
   */
  public static Endpoint parse(String text) {
    return EndpointParser.parse(text);
  }

  /**
   * Parses a text that may leave out its port.
   *
   * @param text {@code host}, {@code host:port}, {@code tls://host}, {@code tls://host:port} or
   *     {@code unix:/path}
   * @param defaultPort the port to use if the text has none, even with TLS, 1 to 65535
   * @return the endpoint
   * @throws IllegalArgumentException if the text has none of these forms, or the port is out of range; the
   *     message says what is wrong and at which index, but shows neither user info nor a query
   */
  public static Endpoint parse(String text, int defaultPort) {
    return EndpointParser.parse(text, defaultPort);
  }

  /**
   * Parses a text that may have a protocol's scheme and may leave out its port.
   *
   * @param text what {@link #parse(String, int)} accepts, or an origin such as {@code https://example.org}
   * @param protocol the known schemes and their default ports; {@code tls://} defaults to the port with TLS
   * @return the endpoint
   * @throws IllegalArgumentException if the text has none of these forms; the message says what is wrong and at
   *     which index, but shows neither user info nor a query
   */
  public static Endpoint parse(String text, Protocol protocol) {
    return EndpointParser.parse(text, protocol);
  }

  /**
   * Creates an endpoint without TLS.
   *
   * @param host a name or an address; the brackets of an IPv6 address are optional
   * @param port 1 to 65535
   * @return the endpoint
   * @throws IllegalArgumentException if the host is neither, or the port is out of range
   */
  public static Endpoint tcp(String host, int port) {
    return of(EndpointParser.parseHost(host), Port.check("port", port), false);
  }

  /**
   * Creates an endpoint with TLS from the first byte.
   *
   * @param host a name or an address; the brackets of an IPv6 address are optional
   * @param port 1 to 65535
   * @return the endpoint
   * @throws IllegalArgumentException if the host is neither, or the port is out of range
   */
  public static Endpoint tls(String host, int port) {
    return of(EndpointParser.parseHost(host), Port.check("port", port), true);
  }

  /**
   * Creates an endpoint for a Unix-domain socket.
   *
   * @param path the absolute path of the socket, in the file system of the platform
   * @return the endpoint
   * @throws IllegalArgumentException if the path is relative or of another file system, or contains white
   *     space, a control character or a backslash
   */
  public static Endpoint unix(Path path) {
    Subject subject =
        new Subject("Unix path", Objects.requireNonNull(path, "path").toString());
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      throw subject.refused("the path", 0, "is not of the file system of the platform");
    }
    if (!path.isAbsolute()) {
      throw subject.refused("the path", 0, "must be absolute");
    }
    subject.refuseBlanks();
    return new Endpoint(UNIX_HOST, NO_PORT, false, path);
  }

  /**
   * The host.
   *
   * @return a name in lower-case ASCII, an address without brackets, or {@code localhost} for a
   *     Unix-domain socket
   */
  public String host() {
    return host;
  }

  /**
   * The port.
   *
   * @return 1 to 65535, or -1 for a Unix-domain socket
   */
  public int port() {
    return port;
  }

  /**
   * Whether TLS is spoken from the first byte.
   *
   * @return true for TLS
   */
  public boolean isTls() {
    return tls;
  }

  /**
   * Whether this is a Unix-domain socket.
   *
   * @return true if {@link #path()} is present
   */
  public boolean isUnix() {
    return path != null;
  }

  /**
   * Whether the host is an IPv4 or IPv6 address, which needs no look-up.
   *
   * @return false for a name and for a Unix-domain socket
   */
  public boolean isAddress() {
    return isIpv6() || HostName.isIpv4(host);
  }

  /**
   * Whether the name alone says that the peer is on this host: {@code localhost} and the names under it (RFC
   * 6761, section 6.3), {@code 127.0.0.0/8}, {@code ::1}, or a Unix-domain socket. Nothing is looked up.
   *
   * @return true if traffic stays on this host
   */
  public boolean isLocal() {
    return isUnix()
        || host.equals(UNIX_HOST)
        || host.endsWith("." + UNIX_HOST)
        || host.equals("::1")
        || (HostName.isIpv4(host) && host.startsWith("127."));
  }

  /**
   * The path of the socket.
   *
   * @return the absolute path; empty if this is a host and a port
   */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /**
   * The same host and port with or without TLS.
   *
   * @param tls whether TLS is spoken from the first byte
   * @return an endpoint with the same host and port
   * @throws IllegalStateException if TLS is asked for on a Unix-domain socket
   */
  public Endpoint withTls(boolean tls) {
    if (tls && path != null) {
      throw new IllegalStateException(this + " is a Unix-domain socket and has no form with TLS");
    }
    return tls == this.tls ? this : new Endpoint(host, port, tls, path);
  }

  /**
   * The host and the port in one text, as messages show them.
   *
   * @return {@code host:port}, with brackets around an IPv6 address, or {@code localhost} for a
   *     Unix-domain socket
   */
  public String authority() {
    if (path != null) {
      return host;
    }
    return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
  }

  private boolean isIpv6() {
    return host.indexOf(':') >= 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint that
        && port == that.port
        && tls == that.tls
        && host.equals(that.host)
        && Objects.equals(path, that.path);
  }

  @Override
  public int hashCode() {
    int hash = host.hashCode() * 31 + port;
    return (hash * 31 + Boolean.hashCode(tls)) * 31 + Objects.hashCode(path);
  }

  /**
   * The canonical text; {@link #parse(String)} turns it into an equal endpoint.
   *
   * @return such as {@code example.org:80}, {@code tls://[::1]:443} or {@code unix:/run/app.sock}
   */
  @Override
  public String toString() {
    if (path != null) {
      return "unix:" + path;
    }
    return tls ? "tls://" + authority() : authority();
  }
}
