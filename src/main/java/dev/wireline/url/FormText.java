package dev.wireline.url;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The encoding application/x-www-form-urlencoded, in UTF-8 (WHATWG URL, section 5.2). */
public final class FormText {
  private static final String MARKS = "*-._";

  private FormText() {}

  /**
   * Encodes a form.
   *
   * @param namesAndValues names and values, alternating, not encoded
   * @return the encoded text, in ASCII
   * @throws IllegalArgumentException if a value is missing at the end, or a text has a lone surrogate
   */
  public static String of(String... namesAndValues) {
    Objects.requireNonNull(namesAndValues, "namesAndValues");
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a form has a value for each name");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i++) {
      if (i > 0) {
        out.append(i % 2 == 0 ? '&' : '=');
      }
      append(out, namesAndValues[i]);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String text) {
    for (byte octet : StrictText.utf8("form field", text)) {
      if (octet == ' ') {
        out.append('+');
      } else if (PercentCoding.isLetterOrDigit(octet) || MARKS.indexOf(octet) >= 0) {
        out.append((char) octet);
      } else {
        PercentCoding.append(out, octet & 0xFF);
      }
    }
  }

  /**
   * Decodes a form, or the query of a URL. Nothing is refused: a {@code %} without its two digits stays as it
   * is, and bytes that are not UTF-8 become U+FFFD, as in a browser.
   *
   * @param text the encoded text, without a {@code ?}
   * @return the values of each name in order, by names in order of their first value, unmodifiable; a name
   *     without an equals sign has an empty value
   */
  public static Map<String, List<String>> parse(String text) {
    Objects.requireNonNull(text, "text");
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int from = 0; from < text.length(); ) {
      int and = text.indexOf('&', from);
      int to = and < 0 ? text.length() : and;
      if (to > from) {
        int equals = text.indexOf('=', from);
        int nameEnd = equals < 0 ? to : Math.min(equals, to);
        String name = decode(text, from, nameEnd);
        values
            .computeIfAbsent(name, key -> new ArrayList<>(1))
            .add(decode(text, Math.min(nameEnd + 1, to), to));
      }
      from = to + 1;
    }
    values.replaceAll((name, all) -> Collections.unmodifiableList(all));
    return Collections.unmodifiableMap(values);
  }

  private static String decode(String text, int from, int to) {
    byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int octet = bytes[i] == '+' ? ' ' : bytes[i];
      if (octet == '%' && i + 2 < bytes.length) {
        int high = Ascii.hexDigit(bytes[i + 1]);
        int low = Ascii.hexDigit(bytes[i + 2]);
        if (high >= 0 && low >= 0) {
          octet = high << 4 | low;
          i += 2;
        }
      }
      bytes[length++] = (byte) octet;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
