package dev.wireline.gopher;

/**
 * The end of a text (RFC 1436, section 3.8). No I/O.
 *
 * <p><b>Lenient:</b> a text may end with a line consisting of a dot or just end, since many servers leave the
 * dot out. With the final dot, doubled dots at the start of lines are undone; without it, nothing was doubled.
 */
final class DotEnd {
  private DotEnd() {}

  /** The text without the encoding. */
  static String remove(String text) {
    int end = contentEnd(text);
    return end == text.length() ? text : unstuffed(text.substring(0, end));
  }

  /** Where the line with the dot begins, or the end of a text without one. */
  private static int contentEnd(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    boolean dot =
        end > 0 && text.charAt(end - 1) == '.' && (end == 1 || text.charAt(end - 2) == '\n');
    return dot ? end - 1 : text.length();
  }

  private static String unstuffed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length()) {
      int lf = text.indexOf('\n', from);
      int end = lf < 0 ? text.length() : lf + 1;
      out.append(text, text.startsWith("..", from) ? from + 1 : from, end);
      from = end;
    }
    return out.toString();
  }
}
