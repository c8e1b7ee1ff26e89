package dev.wireline.endpoint;

import dev.wireline.internal.Quoted;
import java.util.Objects;

/**
 * The URL schemes of a protocol and their default ports. Immutable.
 *
 * <p>HTTP, for example, is {@code new Protocol("http", 80, "https", 443)}.
 *
 * @param scheme the scheme without TLS (RFC 3986, section 3.1), in lower case
 * @param port the port without TLS, 1 to 65535
 * @param tlsScheme the scheme with TLS, in lower case, different from {@code scheme}
 * @param tlsPort the port with TLS, 1 to 65535
 */
public record Protocol(String scheme, int port, String tlsScheme, int tlsPort) {

  /**
   * Checks the parts.
   *
   * @param scheme the scheme without TLS
   * @param port the port without TLS
   * @param tlsScheme the scheme with TLS
   * @param tlsPort the port with TLS
   * @throws IllegalArgumentException if a scheme is not a lower-case letter followed by
   *     lower-case letters, digits, {@code +}, {@code -} or {@code .}, if it is {@code tls} or
   *     {@code unix}, if both schemes are the same, or if a port is out of range
   */
  public Protocol {
    checkScheme(Objects.requireNonNull(scheme, "scheme"));
    checkScheme(Objects.requireNonNull(tlsScheme, "tlsScheme"));
    Port.check("port", port);
    Port.check("TLS port", tlsPort);
    if (scheme.equals(tlsScheme)) {
      throw new IllegalArgumentException(
          "scheme " + Quoted.text(scheme) + ": the scheme with TLS must differ from it");
    }
  }

  private static void checkScheme(String scheme) {
    if (!Scheme.isLowerCaseScheme(scheme)) {
      throw new IllegalArgumentException("scheme "
          + Quoted.text(scheme)
          + ": must be a lower-case letter, then lower-case letters, digits, '+', '-', '.'");
    }
    if (scheme.equals(Scheme.TLS) || scheme.equals(Scheme.UNIX)) {
      throw new IllegalArgumentException(
          "scheme " + Quoted.text(scheme) + ": has a meaning of its own in every endpoint");
    }
  }
}
