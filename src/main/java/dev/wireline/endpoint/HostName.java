package dev.wireline.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of host names and IPv4 addresses (RFC 3986, section 3.2.2; RFC 1123, section 2.1).
 *
 * <p><b>Lenient:</b> underscores count as letters, since names with them are in use (RFC 8552).
 *
 * <p><b>Strict:</b> a name whose last label is a number must be an IPv4 address in four decimal parts. System
 * resolvers also read {@code 127.1}, {@code 0x7f.1} and {@code 2130706433} as addresses, and disagree about
 * {@code 0177.0.0.1}, so a check of the text would miss what is dialled.
 */
final class HostName {

  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL = 63;

  private HostName() {}

  private record Problem(String part, int offset, String text) {}

  /** Parses a part of a subject; returns the name or address in lower-case ASCII. */
  static String parse(Subject subject, int from, int to) {
    String written = subject.text().substring(from, to);
    boolean ascii = Characters.areAscii(written);
    String host = ascii ? written : toAscii(subject, from, written);
    if (host.isEmpty() || host.equals(".")) {
      throw subject.refused("the host", from, "is empty");
    }
    Problem problem = problemIn(host);
    if (problem != null && ascii) {
      throw subject.refused(problem.part, from + problem.offset, problem.text);
    }
    if (ascii && InternationalName.hasEncodedLabel(host)) {
      toAscii(subject, from, host);
    }
    if (problem != null) {
      throw subject.refused(
          "the international name",
          from,
          "is no host name: " + problem.part + " of its ASCII form " + problem.text);
    }
    return Characters.lowerCase(withoutTrailingDot(host));
  }

  /** Whether a parsed host is an IPv4 address. */
  static boolean isIpv4(String host) {
    return Ipv4.parse(host) != null;
  }

  private static String toAscii(Subject subject, int from, String written) {
    String ascii = InternationalName.toAscii(written);
    if (ascii == null) {
      throw subject.refused(
          "the international name", from, "is no host name that UTS 46 has one meaning for");
    }
    return ascii;
  }

  private static @Nullable Problem problemIn(String host) {
    String name = withoutTrailingDot(host);
    if (name.length() > MAX_LENGTH) {
      return new Problem("the host", 0, "is longer than " + MAX_LENGTH + " characters");
    }
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && name.charAt(i) != '.') {
        if (!isNameCharacter(name.charAt(i))) {
          return new Problem("the character", i, "is not a letter, digit, '-', '_' or '.'");
        }
        continue;
      }
      if (i == start) {
        return new Problem("the label", start, "is empty");
      }
      if (i - start > MAX_LABEL) {
        return new Problem("the label", start, "is longer than " + MAX_LABEL + " characters");
      }
      start = i + 1;
    }
    return numberProblemIn(host, name);
  }

  private static @Nullable Problem numberProblemIn(String host, String name) {
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    if (!isNumber(lastLabel) || Ipv4.parse(host) != null) {
      return null;
    }
    return new Problem("the host", 0, "ends in a number but is not an address like 192.0.2.1");
  }

  private static boolean isNumber(String label) {
    boolean hex = label.startsWith("0x") || label.startsWith("0X");
    return hex ? Characters.areHexDigits(label.substring(2)) : Characters.areDigits(label);
  }

  private static boolean isNameCharacter(char c) {
    return Characters.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static String withoutTrailingDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
