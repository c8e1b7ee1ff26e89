package dev.wireline.http.cookie;

import dev.wireline.internal.Ascii;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a Set-Cookie field (RFC 6265bis, section 5.6). Not changed once parsed.
 *
 * <p>A non-ASCII name or value is UTF-8, and is sent back in the same octets. <b>Strict:</b> a nameless value
 * with {@code =} in it makes the field invalid: it would be sent like a name and its value.
 */
final class SetCookie {
  /** The most characters of an attribute's value; a longer one is skipped. */
  static final int MAX_ATTRIBUTE_LENGTH = 1024;

  private final String name;
  private final String value;
  private @Nullable Long maxAgeSeconds;
  private @Nullable Instant expires;
  private String domain = "";
  private String path = "";
  private boolean secure;
  private boolean httpOnly;
  private @Nullable SameSite sameSite;

  private SetCookie(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /** Parses a value; empty if the field must be ignored. */
  static Optional<SetCookie> parse(String text) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
      return Optional.empty();
    }
    int end = indexOf(text, ';', 0, text.length());
    int equals = indexOf(text, '=', 0, end);
    String name = equals < end ? stripped(text, 0, equals) : "";
    String value = stripped(text, equals < end ? equals + 1 : 0, end);
    if (CookieText.problem(name, value) != null) {
      return Optional.empty();
    }
    SetCookie cookie = new SetCookie(name, value);
    while (end < text.length()) {
      int from = end + 1;
      end = indexOf(text, ';', from, text.length());
      equals = indexOf(text, '=', from, end);
      String attribute = stripped(text, from, equals).toLowerCase(Locale.ROOT);
      cookie.take(attribute, stripped(text, Math.min(equals + 1, end), end));
    }
    return Optional.of(cookie);
  }

  private static int indexOf(String text, char c, int from, int to) {
    int index = text.indexOf(c, from);
    return index < 0 || index > to ? to : index;
  }

  private static String stripped(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && CookieText.isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && CookieText.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private void take(String attribute, String argument) {
    if (argument.length() > MAX_ATTRIBUTE_LENGTH) {
      return;
    }
    switch (attribute) {
      case "expires" -> expires = CookieDate.parse(argument).orElse(expires);
      case "max-age" -> takeMaxAge(argument);
      case "domain" -> domain = argument.startsWith(".") ? argument.substring(1) : argument;
      case "path" -> path = argument.startsWith("/") ? argument : "";
      case "secure" -> secure = true;
      case "httponly" -> httpOnly = true;
      case "samesite" -> sameSite = sameSite(argument);
      default -> {}
    }
  }

  /** Digits, optionally after a minus; a number too large for a long means the longest time. */
  private void takeMaxAge(String argument) {
    boolean negative = argument.startsWith("-");
    String digits = negative ? argument.substring(1) : argument;
    if (digits.isEmpty() || !digits.chars().allMatch(Ascii::isDigit)) {
      return;
    }
    long seconds = Ascii.decimal(digits, Long.MAX_VALUE);
    maxAgeSeconds = negative ? 0 : seconds < 0 ? Long.MAX_VALUE : seconds;
  }

  private static @Nullable SameSite sameSite(String argument) {
    return switch (argument.toLowerCase(Locale.ROOT)) {
      case "none" -> SameSite.NONE;
      case "lax" -> SameSite.LAX;
      case "strict" -> SameSite.STRICT;
      default -> null;
    };
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }

  /** The Max-Age, 0 if the cookie expires at once; null without one. */
  @Nullable
  Long maxAgeSeconds() {
    return maxAgeSeconds;
  }

  @Nullable
  Instant expires() {
    return expires;
  }

  /** The Domain without its leading dot, as written; empty without one. */
  String domain() {
    return domain;
  }

  /** The Path; empty without one, or if it is not valid. */
  String path() {
    return path;
  }

  boolean isSecure() {
    return secure;
  }

  boolean isHttpOnly() {
    return httpOnly;
  }

  @Nullable
  SameSite sameSite() {
    return sameSite;
  }
}
