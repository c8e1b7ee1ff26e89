package dev.wireline.imap;

import java.util.Locale;

/**
 * The content of OK, NO, BAD, BYE and PREAUTH (RFC 9051, section 7.1): a response code with its arguments, and
 * a text for people. No I/O.
 */
record StatusLine(String status, String code, String arguments, String text) {
  static StatusLine parse(String status, String rest) {
    int end = rest.startsWith("[") ? endOfCode(rest) : -1;
    if (end < 0) {
      return new StatusLine(status, "", "", rest);
    }
    String inside = rest.substring(1, end);
    int space = inside.indexOf(' ');
    String code = (space < 0 ? inside : inside.substring(0, space)).toUpperCase(Locale.ROOT);
    String arguments = space < 0 ? "" : inside.substring(space + 1);
    return new StatusLine(status, code, arguments, rest.substring(end + 1).strip());
  }

  /** A bracket may appear in quotes, but not in the flags of PERMANENTFLAGS. */
  private static int endOfCode(String rest) {
    boolean quoted = false;
    for (int i = 1; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == ']') {
        return i;
      }
    }
    return -1;
  }

  boolean isOk() {
    return status.equals("OK");
  }

  /** The line without its tag. */
  @Override
  public String toString() {
    String shown = arguments.isEmpty() ? code : code + " " + arguments;
    return status + (code.isEmpty() ? "" : " [" + shown + "]") + (text.isEmpty() ? "" : " " + text);
  }
}
