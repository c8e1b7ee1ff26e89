package dev.wireline.http.cookie;

import dev.wireline.internal.StrictText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of cookies, single and as the value of a Cookie field (RFC 6265bis, sections 5.6 and 5.8.3).
 */
public final class CookieText {
  /** The most octets of name and value together, in UTF-8 (section 5.6). */
  static final int MAX_LENGTH = 4096;

  /** The most characters of a Cookie field: servers accept lines of 8 KiB and refuse longer ones. */
  static final int MAX_FIELD_LENGTH = 8_000;

  /** Where the second set of control characters ends (ISO 6429). */
  private static final char FIRST_BEYOND_CONTROLS = 0xA0;

  private CookieText() {}

  /** What is wrong with a name and its value, or null. It continues the words "a cookie". */
  static @Nullable String problem(String name, String value) {
    if (name.isEmpty() && value.isEmpty()) {
      return "has a name or a value";
    }
    if (octets(name) + octets(value) > MAX_LENGTH) {
      return "has at most " + MAX_LENGTH + " octets of name and value";
    }
    if (!isText(name) || !isText(value)) {
      return "is text without a control character or \";\", with no blank at an end";
    }
    if (name.indexOf('=') >= 0) {
      return "has no \"=\" in its name";
    }
    // Sent as a=b, such a value would be read as a cookie a that was never set.
    if (name.isEmpty() && value.indexOf('=') >= 0) {
      return "without a name has no \"=\" in its value";
    }
    return null;
  }

  private static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = i > 0 && i < text.length() - 1;
      if (!(isVisible(c) || c >= FIRST_BEYOND_CONTROLS || (isBlank(c) && inside))) {
        return false;
      }
    }
    return octets(text) >= 0;
  }

  /** How many octets the text has in UTF-8; negative if it cannot be encoded. */
  private static int octets(String text) {
    try {
      return StrictText.utf8("cookie", text).length;
    } catch (IllegalArgumentException e) {
      return Integer.MIN_VALUE / 2;
    }
  }

  static boolean isVisible(char c) {
    return c > ' ' && c < 0x7F && c != ';';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * The value of a Cookie field, which is sent in UTF-8. Cookies at the end that would make it longer than 8000
   * characters are left out.
   *
   * @param cookies the cookies, in the order of sending
   * @return the value; empty if no cookie is sent
   */
  public static Optional<String> field(List<Cookie> cookies) {
    Objects.requireNonNull(cookies, "cookies");
    StringBuilder field = new StringBuilder();
    for (Cookie cookie : cookies) {
      String between = field.length() == 0 ? "" : "; ";
      String name = cookie.name().isEmpty() ? "" : cookie.name() + "=";
      int length = between.length() + name.length() + cookie.value().length();
      if (field.length() + length > MAX_FIELD_LENGTH) {
        break;
      }
      field.append(between).append(name).append(cookie.value());
    }
    return field.length() == 0 ? Optional.empty() : Optional.of(field.toString());
  }
}
