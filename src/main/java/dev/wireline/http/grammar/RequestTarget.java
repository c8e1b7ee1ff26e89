package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import dev.wireline.url.PercentCoding;
import java.util.Locale;

/** Method and target of a request, as a caller gives them (RFC 9112, section 3). */
public final class RequestTarget {
  private RequestTarget() {}

  /**
   * Whether a caller means a text as a URL rather than a path. The URL parser then says what is wrong with one
   * that has no scheme.
   *
   * @param text the text
   * @return true for what starts like a scheme or a host
   */
  public static boolean isUrl(String text) {
    return !text.isEmpty() && "/?#*".indexOf(text.charAt(0)) < 0;
  }

  /**
   * The target for a proxy; an asterisk becomes an origin without a path (section 3.2.4).
   *
   * @param origin the origin
   * @param target the target for the origin itself
   * @return the target in absolute-form
   */
  public static String absolute(String origin, String target) {
    return target.equals("*") ? origin : origin + target;
  }

  /**
   * A target with one more parameter in its query.
   *
   * @param target a checked target
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return the longer target
   * @throws IllegalArgumentException if the target is {@code *}, or a text has a lone surrogate
   */
  public static String withParameter(String target, String name, String value) {
    if (target.equals("*")) {
      throw new IllegalArgumentException("the target * has no query");
    }
    char before = target.indexOf('?') < 0 ? '?' : '&';
    boolean first = target.endsWith("?");
    return target + (first ? "" : before) + PercentCoding.parameter(name, value);
  }

  /**
   * Refuses CONNECT, and anything but a token.
   *
   * @param method the method
   * @return the same
   * @throws IllegalArgumentException if it is refused
   */
  public static String checkedMethod(String method) {
    if (!Ascii.isToken(method)) {
      throw new IllegalArgumentException(
          "the method " + Quoted.text(method) + " is no token (RFC 9110, section 9.1)");
    }
    if (method.equals("CONNECT")) {
      throw new IllegalArgumentException("CONNECT makes a tunnel, which is no request here");
    }
    return method;
  }

  /**
   * The target in origin-form, or the asterisk of OPTIONS (sections 3.2.1 and 3.2.4). Messages say where it is
   * wrong but do not show the target, whose query may hold a secret.
   *
   * @param method the method
   * @param target the target; empty text is {@code /}
   * @return the target to send
   * @throws IllegalArgumentException if the target is in neither form
   */
  public static String checked(String method, String target) {
    if (target.isEmpty()) {
      return "/";
    }
    if (target.equals("*") && method.equals("OPTIONS")) {
      return target;
    }
    for (int i = 0; i < target.length(); i++) {
      checkCharacter(target, i);
    }
    if (target.charAt(0) != '/') {
      throw new IllegalArgumentException("a request target starts with \"/\" and not with "
          + Quoted.text(target.substring(0, 1))
          + "; scheme and host are no part of it");
    }
    return target;
  }

  private static void checkCharacter(String target, int i) {
    char c = target.charAt(i);
    if (c > 0x20 && c < 0x7F && c != '#') {
      return;
    }
    String at = " at index " + i + " of the request target";
    if (c == '#') {
      throw new IllegalArgumentException("a fragment" + at + "; it stays with the caller");
    }
    if (c == ' ') {
      throw new IllegalArgumentException("a blank" + at + "; percent-encode it as %20");
    }
    String point = String.format(Locale.ROOT, "U+%04X", target.codePointAt(i));
    if (c < 0x80) {
      throw new IllegalArgumentException("a control character, " + point + "," + at);
    }
    throw new IllegalArgumentException(
        "a character that is not ASCII, " + point + "," + at + "; percent-encode it as UTF-8");
  }

  /**
   * The target for messages: its query may hold secrets.
   *
   * @param target the target
   * @return the target with {@code ?***} in place of a query
   */
  public static String withoutQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query) + "?***";
  }
}
