package dev.wireline.http.grammar;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;

/** The value of Host: a name or address, and a port (RFC 9110, section 7.2). */
public final class HostField {
  private static final String IN_NAME = "-._~%!$&'()*+;=";

  private HostField() {}

  /**
   * The value of Host for an origin: the authority without a default port (RFC 9112 section 3.2).
   *
   * @param origin the origin
   * @param http the default ports
   * @return the value of the field
   */
  public static String of(Endpoint origin, Protocol http) {
    if (origin.isUnix()) {
      return origin.host();
    }
    int standard = origin.isTls() ? http.tlsPort() : http.port();
    String authority = withoutZone(origin.authority());
    return origin.port() == standard
        ? authority.substring(0, authority.lastIndexOf(':'))
        : authority;
  }

  /**
   * An authority without a zone, which names an interface of this host and means nothing to the peer
   * (RFC 4007 section 11).
   *
   * @param authority the authority, its address in brackets
   * @return the authority as a peer may see it
   */
  public static String withoutZone(String authority) {
    int zone = authority.indexOf('%');
    return zone < 0
        ? authority
        : authority.substring(0, zone) + authority.substring(authority.indexOf(']'));
  }

  /**
   * Refuses anything but a host with an optional port.
   *
   * @param value the value
   * @throws IllegalArgumentException if the value is empty or violates the grammar; the message shows where
   */
  public static void check(String value) {
    int end = value.startsWith("[") ? endOfAddress(value) : endOfName(value);
    if (end == 0) {
      throw wrong(value, end);
    }
    if (end < value.length() && value.charAt(end) == ':') {
      end++;
      while (end < value.length() && Ascii.isDigit(value.charAt(end))) {
        end++;
      }
    }
    if (end < value.length()) {
      throw wrong(value, end);
    }
  }

  private static int endOfAddress(String value) {
    int i = 1;
    while (i < value.length() && isInAddress(value.charAt(i))) {
      i++;
    }
    if (i == 1 || i == value.length() || value.charAt(i) != ']') {
      throw wrong(value, i);
    }
    return i + 1;
  }

  private static boolean isInAddress(char c) {
    return Ascii.hexDigit(c) >= 0 || c == ':' || c == '.';
  }

  private static int endOfName(String value) {
    int i = 0;
    while (i < value.length() && isInName(value.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isInName(int c) {
    int lower = Ascii.lower(c);
    return (lower >= 'a' && lower <= 'z') || Ascii.isDigit(c) || IN_NAME.indexOf(c) >= 0;
  }

  // User info in front of an "@" would be a secret: what is shown ends before it.
  private static IllegalArgumentException wrong(String value, int index) {
    boolean secret = value.indexOf('@') >= 0;
    return new IllegalArgumentException("the Host "
        + (secret ? "with user info" : Quoted.text(value))
        + " is no host and port: index "
        + index);
  }
}
