package dev.wireline.endpoint;

import dev.wireline.internal.Ascii;

/** The grammar of port numbers: decimal digits, 1 to 65535. */
final class Port {

  private static final int MAX = 65_535;

  private Port() {}

  static int check(String what, int port) {
    if (port < 1 || port > MAX) {
      throw new IllegalArgumentException(what + " " + port + ": must be 1 to " + MAX);
    }
    return port;
  }

  /** Parses the rest of a subject, starting at {@code from}. */
  static int parse(Subject subject, int from) {
    String digits = subject.text().substring(from);
    if (digits.isEmpty()) {
      throw subject.refused("the port", from, "is missing");
    }
    int port = (int) Ascii.decimal(digits, MAX);
    if (port < 1) {
      throw subject.refused("the port", from, "must be 1 to " + MAX);
    }
    // Strict: RFC 3986 allows leading zeros; they are refused because some read them as octal.
    if (digits.charAt(0) == '0') {
      throw subject.refused("the port", from, "must not start with a zero");
    }
    return port;
  }
}
