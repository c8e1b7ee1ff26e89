package dev.wireline.gopher;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;

/**
 * The grammar of a menu line (RFC 1436, section 3.8). No I/O.
 *
 * <p><b>Lenient:</b> missing fields are empty, and an invalid port is 0: menus are written by people, and one
 * line must not hide the others. What follows the port, as in Gopher+, is ignored.
 */
final class MenuLine {
  private static final String END = ".";
  private static final long MAX_PORT = 65_535;

  private final String line;
  private int at = 1;

  private MenuLine(String line) {
    this.line = line;
  }

  static boolean isEnd(String line) {
    return line.equals(END);
  }

  /** Parses a line that is not empty. */
  static GopherItem parse(String line) throws MalformedException {
    if (line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
      throw new MalformedException(
          "a line of a menu has no CR and no NUL (RFC 1436)", Quoted.text(line));
    }
    MenuLine fields = new MenuLine(line);
    return new GopherItem(
        line.charAt(0), fields.next(), fields.next(), fields.next(), port(fields.next()));
  }

  private String next() {
    int tab = line.indexOf('\t', at);
    int end = tab < 0 ? line.length() : tab;
    String field = at > end ? "" : line.substring(at, end);
    at = end + 1;
    return field;
  }

  private static int port(String digits) {
    return (int) Math.max(0, Ascii.decimal(digits.strip(), MAX_PORT));
  }
}
