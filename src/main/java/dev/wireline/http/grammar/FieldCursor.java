package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import org.jspecify.annotations.Nullable;

/** A position in a field value, and the pieces of the grammar of RFC 9110 section 5.6 that can be read there. */
public final class FieldCursor {
  private final String text;
  private int at;

  FieldCursor(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  boolean at(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  void skip() {
    at++;
  }

  void skipBlanks() {
    while (at(' ') || at('\t')) {
      at++;
    }
  }

  /** Skips the empty elements of a list, which a recipient ignores (section 5.6.1.2). */
  void skipGaps() {
    while (at(' ') || at('\t') || at(',')) {
      at++;
    }
  }

  /** Whether an element of a list may end here. */
  boolean atElementEnd() {
    return atEnd() || at(',');
  }

  boolean atToken() {
    return at < text.length() && Ascii.isTokenChar(text.charAt(at));
  }

  /** The token that starts here. */
  String token() throws MalformedException {
    int start = at;
    while (atToken()) {
      at++;
    }
    if (at == start) {
      throw broken("a token stands here (RFC 9110 section 5.6.2)");
    }
    return text.substring(start, at);
  }

  /** The text from here to the next comma, without spaces at its end: a token, or nearly one. */
  String bareValue() throws MalformedException {
    int start = at;
    int end = at;
    for (; !atElementEnd(); at++) {
      if (!mayBeQuoted(text.charAt(at))) {
        throw broken("a value has no control character (RFC 9110 section 5.5)");
      }
      end = text.charAt(at) == ' ' || text.charAt(at) == '\t' ? end : at + 1;
    }
    return text.substring(start, end);
  }

  /** Skips the rest of a list element that cannot be read. */
  void skipElement() {
    while (!atElementEnd()) {
      at++;
    }
  }

  /** The value of the quoted string that starts here (section 5.6.4). */
  String quotedString() throws MalformedException {
    StringBuilder value = new StringBuilder();
    for (at++; !at('"'); at++) {
      if (at('\\')) {
        at++;
      }
      if (atEnd() || !mayBeQuoted(text.charAt(at))) {
        throw broken("a quoted string has a closing quote and no control character"
            + " (RFC 9110 section 5.6.4)");
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }

  private static boolean mayBeQuoted(char c) {
    return c == '\t' || (c >= ' ' && c != 0x7F);
  }

  /**
   * The token68 that starts here and is the whole rest of the list element; or null, without advancing, if
   * there is none (section 11.2).
   */
  @Nullable
  String token68OrNull() {
    int end = at;
    while (end < text.length() && isToken68(text.charAt(end))) {
      end++;
    }
    int start = at;
    if (end == start) {
      return null;
    }
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    at = end;
    skipBlanks();
    if (atElementEnd()) {
      return text.substring(start, end);
    }
    at = start;
    return null;
  }

  /**
   * Whether a character may be part of token68 and b64token.
   *
   * @param c the character
   * @return true for letters, digits and {@code -._~+/}
   */
  public static boolean isToken68(char c) {
    return (Ascii.lower(c) >= 'a' && Ascii.lower(c) <= 'z')
        || Ascii.isDigit(c)
        || "-._~+/".indexOf(c) >= 0;
  }

  /** The text before the first of these characters, or before the end; quotes do not matter. */
  String until(String ends) {
    int start = at;
    while (!atEnd() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The value of the quoted string that starts here; one without a closing quote extends to the end. */
  String quotedOrRest() {
    StringBuilder value = new StringBuilder();
    for (at++; !atEnd() && !at('"'); at++) {
      if (at('\\') && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    if (!atEnd()) {
      at++;
    }
    return value.toString();
  }

  MalformedException broken(String rule) {
    int from = Math.max(0, Math.min(at, text.length() - 1) - Quoted.MAX_CHARS / 2);
    int to = Math.min(text.length(), from + Quoted.MAX_CHARS);
    return new MalformedException(rule, Quoted.text(text.substring(from, to)), at);
  }
}
