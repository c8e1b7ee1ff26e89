package dev.wireline.smtp;

import dev.wireline.internal.Quoted;

/** The addresses and texts in MAIL and RCPT (RFC 5321, section 4.1.2; RFC 3461, section 4). */
final class MailPath {
  private MailPath() {}

  /**
   * Checks an address for angle brackets.
   *
   * <p><b>Lenient:</b> what is on either side of the {@code @} is up to the server, and one side may be
   * missing, as in {@code postmaster}. Anything that could end the path or the line is refused.
   */
  static String checked(String role, String address) {
    boolean quoted = false;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && (c == '<' || c == '>' || c == ' ')) {
        throw refused(role, address);
      }
      if (c < ' ' || c == 0x7F || i >= address.length()) {
        throw refused(role, address);
      }
    }
    if (quoted || hasControl(address)) {
      throw refused(role, address);
    }
    return address;
  }

  static String recipient(String address) {
    if (address.isEmpty()) {
      throw refused("a recipient", address);
    }
    return checked("a recipient", address);
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7F);
  }

  private static IllegalArgumentException refused(String role, String address) {
    return new IllegalArgumentException(
        role + " is a bare address such as joe@example.org, not " + Quoted.text(address));
  }

  /** Printable ASCII as it is, and the rest of ASCII in hexadecimal (RFC 3461, section 4). */
  static String xtext(String role, String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > 0x7E) {
        throw new IllegalArgumentException(role + " is printable ASCII, not " + Quoted.text(text));
      }
      if (c == '+' || c == '=' || c == ' ') {
        out.append('+')
            .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(java.util.Locale.ROOT));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
