package dev.wireline.imap;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one response, taken one by one from its lines and literals (RFC 9051, section 9). No I/O of its own.
 *
 * <p><b>Lenient:</b> spaces between tokens may be missing or repeated, and a string may come as an atom:
 * servers do both.
 */
final class Tokens {
  /** The deepest nesting of parentheses. */
  static final int MAX_DEPTH = 64;

  /** The most strings in one response. */
  static final int MAX_TOKENS = 100_000;

  /** The end of the response. */
  static final int END = -1;

  private static final int MAX_DIGITS = 18;

  /** Where lines and literals come from. */
  interface Input {
    /** The line that follows a literal. */
    String line() throws IOException;

    /** A literal in memory. */
    byte[] literal(long length) throws IOException;

    IOException malformed(String rule, String line);

    IOException exceeded(String limit, long max);
  }

  private final Input input;
  private String line;
  private int at;
  private int depth;
  private int taken;

  Tokens(Input input, String line) {
    this.input = input;
    this.line = line;
  }

  /** The first character of the next token, or END. */
  int peek() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at < line.length() ? line.charAt(at) : END;
  }

  /** The rest of the line: a text for people. */
  String rest() {
    peek();
    String rest = line.substring(at);
    at = line.length();
    return rest;
  }

  /** Whether the rest of the line starts with that text. */
  boolean startsWith(String text) {
    peek();
    return line.startsWith(text, at);
  }

  IOException malformed(String rule) {
    return input.malformed(rule, line);
  }

  /** Takes an opening parenthesis. */
  void open() throws IOException {
    expect('(');
    if (++depth > MAX_DEPTH) {
      throw input.exceeded("depth of parentheses", MAX_DEPTH);
    }
  }

  private void expect(char c) throws IOException {
    if (peek() != c) {
      throw malformed(
          "'" + c + "' stands before " + line.substring(at).length() + " more characters");
    }
    at++;
  }

  /** Takes the closing parenthesis, if it comes next. */
  boolean closes() throws IOException {
    int next = peek();
    if (next == END) {
      throw malformed("each '(' has its ')'");
    }
    if (next != ')') {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** Opens a list if one comes next, else takes a NIL. */
  boolean openOrNil() throws IOException {
    if (peek() == '(') {
      open();
      return true;
    }
    if (!isNil(word())) {
      throw malformed("a list, or NIL");
    }
    return false;
  }

  /** A word: everything up to a space, a parenthesis or the end of the line. */
  String word() throws IOException {
    count();
    peek();
    int start = at;
    while (at < line.length() && " ()".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return taken(start, "a word");
  }

  /** The name of a FETCH item, with the section in its brackets, which may contain spaces. */
  String item() throws IOException {
    count();
    peek();
    int start = at;
    boolean bracketed = false;
    while (at < line.length() && (bracketed || " ()".indexOf(line.charAt(at)) < 0)) {
      char c = line.charAt(at++);
      bracketed = c == '[' || (bracketed && c != ']');
    }
    return taken(start, "the name of an item");
  }

  private String taken(int start, String what) throws IOException {
    if (at == start) {
      throw malformed(what + " follows " + start + " characters");
    }
    return line.substring(start, at);
  }

  private void count() throws IOException {
    if (++taken > MAX_TOKENS) {
      throw input.exceeded("tokens of a response", MAX_TOKENS);
    }
  }

  /** A number of up to 63 bits. */
  long number() throws IOException {
    peek();
    int start = at;
    long value = 0;
    while (at < line.length() && Ascii.isDigit(line.charAt(at))) {
      int digit = line.charAt(at++) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed("a number has 63 bits at most");
      }
      value = value * 10 + digit;
    }
    if (at == start) {
      throw malformed("a number follows " + start + " characters");
    }
    return value;
  }

  /** A string in any of its forms, or null for NIL. */
  @Nullable
  String nstring() throws IOException {
    int next = peek();
    if (next == '"') {
      return quoted();
    }
    if (isLiteral(next)) {
      byte[] bytes = literal();
      return StrictText.utf8OrLatin1(bytes, 0, bytes.length);
    }
    String word = word();
    return isNil(word) ? null : word;
  }

  /** A string; an empty one for NIL. */
  String string() throws IOException {
    String string = nstring();
    return string == null ? "" : string;
  }

  /** The bytes of a string; null for NIL. */
  byte @Nullable [] nbytes() throws IOException {
    if (isLiteral(peek())) {
      return literal();
    }
    String string = nstring();
    return string == null ? null : StrictText.utf8("string", string);
  }

  boolean isLiteral() {
    return isLiteral(peek());
  }

  private boolean isLiteral(int next) {
    return next == '{' || (next == '~' && line.startsWith("~{", at));
  }

  private static boolean isNil(String word) {
    return word.equalsIgnoreCase("NIL");
  }

  private String quoted() throws IOException {
    count();
    StringBuilder out = new StringBuilder();
    int i = at + 1;
    while (i < line.length() && line.charAt(i) != '"') {
      i += line.charAt(i) == '\\' ? 1 : 0;
      if (i < line.length()) {
        out.append(line.charAt(i));
      }
      i++;
    }
    if (i >= line.length()) {
      throw malformed("a quoted string ends in its line");
    }
    at = i + 1;
    return out.toString();
  }

  private byte[] literal() throws IOException {
    count();
    byte[] bytes = input.literal(literalLength());
    resume();
    return bytes;
  }

  /** The announced length of a literal, which the caller must read next, followed by resume(). */
  long literalLength() throws IOException {
    int start = line.indexOf('{', at) + 1;
    int end = line.length() - 1;
    long length = 0;
    boolean number = end > start && end - start <= MAX_DIGITS && line.charAt(end) == '}';
    for (int i = start; number && i < end; i++) {
      number = Ascii.isDigit(line.charAt(i));
      length = length * 10 + (line.charAt(i) - '0');
    }
    if (!number) {
      throw malformed("a literal is announced by {digits} at the end of a line");
    }
    return length;
  }

  /** Continues in the line that follows a literal. */
  void resume() throws IOException {
    line = input.line();
    at = 0;
  }

  /** Takes a value of any kind and drops it. */
  void skip() throws IOException {
    int before = depth;
    do {
      int next = peek();
      if (next == '(') {
        open();
      } else if (depth == before || !closes()) {
        string(next);
      }
    } while (depth > before);
  }

  private void string(int next) throws IOException {
    if (next == '"' || isLiteral(next)) {
      nbytes();
    } else {
      item();
    }
  }

  /** Takes the rest of the response and drops it. */
  void skipAll() throws IOException {
    while (peek() != END) {
      skip();
    }
  }

  /** Takes the rest of the list opened last, and drops it. */
  void skipRest() throws IOException {
    while (!closes()) {
      skip();
    }
  }

  /** A list of strings; empty for NIL. */
  List<String> strings() throws IOException {
    List<String> strings = new ArrayList<>();
    if (openOrNil()) {
      while (!closes()) {
        strings.add(string());
      }
    }
    return List.copyOf(strings);
  }

  /** Checks that the response has ended. */
  void end() throws IOException {
    if (peek() != END) {
      throw malformed("the response ends after " + at + " characters");
    }
  }
}
