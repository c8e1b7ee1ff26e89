package dev.wireline.ftp;

import dev.wireline.internal.Ascii;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Parses and formats ports in FTP commands and replies. No I/O. */
final class PortReply {
  /** Returned for a text without a port. */
  static final int NONE = -1;

  private static final int NUMBERS = 6;
  private static final int MAX_PORT = 65_535;

  private PortReply() {}

  /** The port of {@code (|||6446|)} (RFC 2428, section 3), whatever its delimiter. */
  static int extended(String text) {
    int open = text.indexOf('(');
    if (open < 0 || open + 1 == text.length() || Ascii.isDigit(text.charAt(open + 1))) {
      return NONE;
    }
    char delimiter = text.charAt(open + 1);
    int third = open + 1;
    for (int i = 0; i < 2 && third >= 0; i++) {
      third = text.indexOf(delimiter, third + 1);
    }
    int fourth = third < 0 ? NONE : text.indexOf(delimiter, third + 1);
    return fourth < 0 ? NONE : port(Ascii.decimal(text.substring(third + 1, fourth), MAX_PORT));
  }

  /**
   * The port of {@code (127,0,0,1,200,10)} (RFC 959, section 4.1.2). The address before it is ignored, and the
   * parentheses may be missing (RFC 1123, section 4.1.2.6).
   */
  static int classic(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean starts =
          Ascii.isDigit(text.charAt(i)) && (i == 0 || !Ascii.isDigit(text.charAt(i - 1)));
      int port = starts ? sixNumbers(text, i) : NONE;
      if (port != NONE) {
        return port;
      }
    }
    return NONE;
  }

  private static int sixNumbers(String text, int start) {
    int at = start;
    long port = 0;
    for (int i = 0; i < NUMBERS; i++) {
      int end = at;
      while (end < text.length() && end - at <= 3 && Ascii.isDigit(text.charAt(end))) {
        end++;
      }
      long number = Ascii.decimal(text.substring(at, end), 255);
      boolean more = i == NUMBERS - 1 || (end < text.length() && text.charAt(end) == ',');
      if (number < 0 || !more) {
        return NONE;
      }
      port = (port << 8 | number) & 0xFFFF;
      at = end + 1;
    }
    return port(port);
  }

  private static int port(long number) {
    return number < 1 ? NONE : (int) number;
  }

  /** The argument of EPRT (RFC 2428, section 2). */
  static String extended(InetSocketAddress address) {
    boolean six = address.getAddress() instanceof Inet6Address;
    String host = address.getAddress().getHostAddress();
    int zone = host.indexOf('%');
    return "|" + (six ? 2 : 1) + "|" + (zone < 0 ? host : host.substring(0, zone)) + "|"
        + address.getPort() + "|";
  }

  /** The argument of PORT (RFC 959, section 4.1.2), for an IPv4 address. */
  static String classic(InetSocketAddress address) {
    int port = address.getPort();
    return address.getAddress().getHostAddress().replace('.', ',') + "," + (port >> 8) + ","
        + (port & 0xFF);
  }
}
