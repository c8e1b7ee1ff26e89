package dev.wireline.line;

import java.util.List;
import java.util.Objects;

/**
 * A reply with a three-digit code (RFC 5321, section 4.2; RFC 959, section 4.2). Immutable.
 *
 * <p>The first digit says what became of the command: 1 begun, 2 done, 3 go on, 4 not now, 5 no. The text after
 * the code is for people, unless a protocol gives it a form.
 *
 * @param code the code, 100 to 699
 * @param lines the text of each line, without the code, the space or hyphen after it and the line end; at least
 *     one line, each may be empty. A line in the middle that does not start with the code and a hyphen is kept
 *     as it came.
 */
public record Reply(int code, List<String> lines) {
  /** The lowest code. */
  static final int MIN_CODE = 100;

  /** The highest code: RFC 2228 adds replies that start with 6 to those of RFC 959. */
  static final int MAX_CODE = 699;

  /**
   * A reply.
   *
   * @param code as above
   * @param lines as above
   * @throws IllegalArgumentException if the code is out of range, or there is no line
   */
  public Reply {
    if (code < MIN_CODE || code > MAX_CODE) {
      throw new IllegalArgumentException("a reply code must be 100 to 699, not " + code);
    }
    lines = List.copyOf(Objects.requireNonNull(lines, "lines"));
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line");
    }
  }

  /**
   * The text of all lines.
   *
   * @return the lines, separated by line feeds: text from the peer
   */
  public String text() {
    return lines.size() == 1 ? lines.get(0) : String.join("\n", lines);
  }

  /**
   * Whether the code is one of those expected.
   *
   * @param expected codes, and classes by their first digit: 2 means 200 to 299
   * @return true if one of them is the code or its class
   * @throws IllegalArgumentException if one is neither a digit 1 to 6 nor 100 to 699, or none is given
   */
  public boolean matches(int... expected) {
    Objects.requireNonNull(expected, "expected");
    checkExpected(expected);
    for (int one : expected) {
      if (one == code || one == code / 100) {
        return true;
      }
    }
    return false;
  }

  /** Finds a caller's mistake before a reply is read in vain. */
  static void checkExpected(int... expected) {
    if (expected.length == 0) {
      throw new IllegalArgumentException("no code and no class of codes is expected");
    }
    for (int one : expected) {
      boolean isClass = one >= MIN_CODE / 100 && one <= MAX_CODE / 100;
      if (!isClass && (one < MIN_CODE || one > MAX_CODE)) {
        throw new IllegalArgumentException(
            "what is expected must be a code of 100 to 699 or its first digit, not " + one);
      }
    }
  }

  /**
   * The reply as RFC 5321 writes it, with the code on each line.
   *
   * @return the lines, separated by line feeds: text from the peer
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    int last = lines.size() - 1;
    for (int i = 0; i <= last; i++) {
      String line = lines.get(i);
      out.append(code);
      if (i < last) {
        out.append('-').append(line).append('\n');
      } else if (!line.isEmpty()) {
        out.append(' ').append(line);
      }
    }
    return out.toString();
  }
}
