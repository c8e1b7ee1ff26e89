package dev.wireline.http.cache;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The directives of Cache-Control (RFC 9111, section 5.2). Immutable.
 *
 * <p>An invalid number counts as 0, and the smallest of several counts (section 4.2.1): when in doubt, a
 * response is stale.
 */
final class Directives {
  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  private final Map<String, String> values = new HashMap<>();

  private Directives() {}

  static Directives of(Headers headers) {
    Directives directives = new Directives();
    for (String element : headers.elements("Cache-Control")) {
      int equals = element.indexOf('=');
      String name = equals < 0 ? element : element.substring(0, equals);
      String value = equals < 0 ? "" : unquoted(element.substring(equals + 1).strip());
      directives.values.merge(name.strip().toLowerCase(Locale.ROOT), value, Directives::smaller);
    }
    return directives;
  }

  /** Those of a request, where Pragma substitutes for a missing Cache-Control (section 5.4). */
  static Directives ofRequest(Headers headers) {
    Directives directives = of(headers);
    if (directives.values.isEmpty() && headers.hasToken("Pragma", "no-cache")) {
      directives.values.put("no-cache", "");
    }
    return directives;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String smaller(String one, String other) {
    return number(one) <= number(other) ? one : other;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether a directive is there without a value. */
  boolean isBare(String name) {
    return "".equals(values.get(name));
  }

  /** The number of a directive; empty if it is not there. */
  OptionalLong seconds(String name) {
    String value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(number(value));
  }

  /** A number of seconds: 0 if it is invalid, and the largest possible if it is larger (section 1.2.2). */
  static long number(String value) {
    if (value.isEmpty() || !value.chars().allMatch(Ascii::isDigit)) {
      return 0;
    }
    long seconds = Ascii.decimal(value, MAX_SECONDS);
    return seconds < 0 ? MAX_SECONDS : seconds;
  }
}
