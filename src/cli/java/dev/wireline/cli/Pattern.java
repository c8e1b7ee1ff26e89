package dev.wireline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A line of a script, with names in braces for what is not fixed: a name for one word, a name with a star, or a star
 * alone, for any text, a brace or a bar for itself; other braces mean themselves. Immutable.
 */
final class Pattern {
  private static final String ANY = "*";

  private record Part(String text, boolean isName, boolean takesAll) {}

  private final List<Part> parts;

  private Pattern(List<Part> parts) {
    this.parts = parts;
  }

  static Pattern parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '{' ? text.indexOf('}', at) : -1;
      String inner = end < 0 ? "" : text.substring(at + 1, end);
      if (inner.equals("{") || inner.equals("|")) {
        fixed.append(inner);
        at = end + 1;
      } else if (isName(inner)) {
        parts.add(new Part(fixed.toString(), false, false));
        fixed.setLength(0);
        boolean all = inner.endsWith("*");
        parts.add(new Part(nameIn(inner), true, all));
        at = end + 1;
      } else {
        fixed.append(text.charAt(at++));
      }
    }
    parts.add(new Part(fixed.toString(), false, false));
    return new Pattern(parts);
  }

  private static String nameIn(String inner) {
    boolean starred = inner.endsWith(ANY) && !inner.equals(ANY);
    return starred ? inner.substring(0, inner.length() - 1) : inner;
  }

  /** A text as a pattern that fits it alone. */
  static String escape(String text) {
    return text.replace("{", "{{}").replace("|", "{|}");
  }

  private static boolean isName(String text) {
    String name = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
    boolean letters = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return text.equals("*") || (letters && name.chars().allMatch(Character::isLetterOrDigit));
  }

  /** Whether a line fits; then the values of the names are put into the map. */
  boolean matches(String line, Map<String, String> values) {
    return matches(line, 0, 0, values);
  }

  private boolean matches(String line, int at, int part, Map<String, String> values) {
    if (part == parts.size()) {
      return at == line.length();
    }
    Part here = parts.get(part);
    if (!here.isName) {
      return line.startsWith(here.text, at)
          && matches(line, at + here.text.length(), part + 1, values);
    }
    int space = line.indexOf(' ', at);
    int most = here.takesAll || space < 0 ? line.length() : space;
    for (int end = most; end >= at + (here.takesAll ? 0 : 1); end--) {
      if (matches(line, end, part + 1, values)) {
        if (!here.text.equals(ANY)) {
          values.putIfAbsent(here.text, line.substring(at, end));
        }
        return true;
      }
    }
    return false;
  }

  /** The line with the values of the names. */
  String filled(Map<String, String> values) {
    StringBuilder line = new StringBuilder();
    for (Part part : parts) {
      String value = part.isName ? values.get(part.text) : part.text;
      if (value == null) {
        throw new IllegalArgumentException(
            "nothing is known for {" + part.text + "}; --set " + part.text + "=VALUE says it");
      }
      line.append(value);
    }
    return line.toString();
  }
}
