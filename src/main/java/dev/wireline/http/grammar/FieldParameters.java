package dev.wireline.http.grammar;

import dev.wireline.internal.Ascii;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters after the value of a field, {@code ; name=value; name="value"; name*=utf-8''value} (RFC 9110,
 * section 5.6.6; RFC 8187).
 *
 * <p><b>Lenient:</b> as in RFC 8288, appendix B.3: whatever precedes the next separator is the value, an
 * unclosed quote ends with the field, and what cannot be read is ignored. A server that gets a parameter wrong
 * still sent the document.
 */
final class FieldParameters {
  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Map<String, String> extended = new LinkedHashMap<>();

  /** Reads to the end of the field or, in a list, to the comma after the element. */
  FieldParameters(FieldCursor at, boolean inList) {
    String ends = inList ? ";," : ";";
    at.until(ends);
    while (at.at(';')) {
      at.skip();
      read(at, ends);
    }
  }

  private void read(FieldCursor at, String ends) {
    String name = at.until(ends + "=").strip().toLowerCase(Locale.ROOT);
    String value = "";
    if (at.at('=')) {
      at.skip();
      at.skipBlanks();
      value = at.at('"') ? at.quotedOrRest() : at.until(ends).strip();
    }
    at.until(ends);
    if (!Ascii.isToken(name)) {
      return;
    }
    int bare = name.indexOf('*');
    if (bare < 0) {
      plain.putIfAbsent(name, value);
    } else if (bare > 0 && bare == name.length() - 1) {
      String decoded = ExtendedValue.decode(value);
      if (decoded != null) {
        extended.putIfAbsent(name.substring(0, bare), decoded);
      }
    }
  }

  /** Those with a charset, by their names without the asterisk; of two with one name, the first. */
  Map<String, String> extended() {
    return extended;
  }

  /** Those without a charset, by their lower-case names; of two with one name, the first. */
  Map<String, String> plain() {
    return plain;
  }

  /** All of them; if a name occurs with and without a charset, the one with. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(plain);
    all.putAll(extended);
    return all;
  }
}
