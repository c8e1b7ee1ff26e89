package dev.wireline.url;

import dev.wireline.internal.StrictText;
import java.util.Objects;

/** The encoding application/x-www-form-urlencoded, in UTF-8 (WHATWG URL, section 5.2). */
public final class FormText {
  private static final String MARKS = "*-._";

  private FormText() {}

  /**
   * The text of a form.
   *
   * @param namesAndValues names and values in turn, not encoded
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
}
