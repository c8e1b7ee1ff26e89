package dev.wireline.line;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TooLargeException;
import java.util.ArrayList;
import java.util.List;

/** The grammar of one reply: takes its lines, and says when it is complete. No I/O. */
final class ReplyParser {
  private static final int DIGITS = 3;
  private static final int CLASSES = Reply.MAX_CODE / 100;

  private final boolean freeMiddles;
  private final int maxLines;
  private final int maxBytes;
  private final List<String> lines = new ArrayList<>(1);
  private int code;
  private long bytes;

  ReplyParser(boolean freeMiddles, int maxLines, int maxBytes) {
    this.freeMiddles = freeMiddles;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /** Takes one line and its length in bytes; true if it was the last. */
  boolean take(String line, int length) throws MalformedException, TooLargeException {
    bytes += length;
    if (bytes > maxBytes) {
      throw new TooLargeException("maxReplyBytes", maxBytes);
    }
    if (lines.size() == maxLines) {
      throw new TooLargeException("maxReplyLines", maxLines);
    }
    return lines.isEmpty() ? takeFirst(line) : takeNext(line);
  }

  Reply reply() {
    return new Reply(code, lines);
  }

  private boolean takeFirst(String line) throws MalformedException {
    code = codeOf(line);
    if (code < 0) {
      throw new MalformedException(
          "a reply starts with a code of three digits, the first of them 1 to 6"
              + " (RFC 5321, section 4.2)",
          Quoted.text(line));
    }
    return add(line, sign(line));
  }

  private boolean takeNext(String line) throws MalformedException {
    char sign = codeOf(line) == code ? sign(line) : 0;
    if (sign != 0) {
      return add(line, sign);
    }
    if (!freeMiddles) {
      throw new MalformedException(
          "each line of a reply starts with the code of the first, a space or a hyphen"
              + " (RFC 5321, section 4.2.1)",
          Quoted.text(line));
    }
    lines.add(line);
    return false;
  }

  private boolean add(String line, char sign) throws MalformedException {
    if (sign == 0) {
      throw new MalformedException(
          "a space or a hyphen follows a reply code (RFC 5321, section 4.2)", Quoted.text(line));
    }
    lines.add(line.substring(Math.min(line.length(), DIGITS + 1)));
    return sign == ' ';
  }

  /** What follows the code: a space (also if the line ends there), a hyphen, or 0. */
  private static char sign(String line) {
    char behind = line.length() == DIGITS ? ' ' : line.charAt(DIGITS);
    return behind == ' ' || behind == '-' ? behind : 0;
  }

  private static int codeOf(String line) {
    boolean begins = line.length() >= DIGITS
        && Ascii.isDigit(line.charAt(0))
        && Ascii.isDigit(line.charAt(1))
        && Ascii.isDigit(line.charAt(2));
    if (!begins) {
      return -1;
    }
    int first = line.charAt(0) - '0';
    int value = first * 100 + (line.charAt(1) - '0') * 10 + line.charAt(2) - '0';
    return first >= 1 && first <= CLASSES ? value : -1;
  }
}
