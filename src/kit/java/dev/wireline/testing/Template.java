package dev.wireline.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Text with holes in it, as the lines of a script have; one character stands for a byte. */
final class Template {

  private static final int NO = 0;
  private static final int YES = 1;

  /** No, and no other choice for an earlier hole helps: a later one has tried all that is left. */
  private static final int NEVER = 2;

  /**
   * A literal, or a hole.
   *
   * @param literal what stands there, null for a hole
   * @param name what a hole is called, null when nobody asks for it
   * @param word whether a hole takes one word, and not any text
   */
  private record Part(@Nullable String literal, @Nullable String name, boolean word) {}

  private final String source;
  private final List<Part> parts;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  /** Reads the notation of scripts. */
  static Template parse(String source) {
    String text = Latin1.text(source.getBytes(StandardCharsets.UTF_8));
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int position = 0;
    while (position < text.length()) {
      int end = text.charAt(position) == '{' ? text.indexOf('}', position + 1) : -1;
      String inner = end < 0 ? "" : text.substring(position + 1, end);
      Part hole = hole(inner);
      if (hole != null) {
        parts.add(new Part(literal.toString(), null, false));
        parts.add(hole);
        literal.setLength(0);
        position = end + 1;
      } else {
        boolean quoted = isQuoted(inner);
        literal.append(text.charAt(quoted ? position + 1 : position));
        position = quoted ? end + 1 : position + 1;
      }
    }
    parts.add(new Part(literal.toString(), null, false));
    return new Template(source, parts);
  }

  /** Writes text in the notation of scripts so that it means itself, also as one choice of many. */
  static String literal(String text) {
    StringBuilder notation = new StringBuilder();
    boolean bars = text.contains(" | ");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = c == '{' ? text.indexOf('}', i) : -1;
      String inner = end < 0 ? "" : text.substring(i + 1, end);
      boolean means = hole(inner) != null || isQuoted(inner);
      notation.append(means ? "{{}" : c == '|' && bars ? "{|}" : String.valueOf(c));
    }
    return notation.toString();
  }

  private static boolean isQuoted(String inner) {
    return inner.equals("{") || inner.equals("|");
  }

  private static @Nullable Part hole(String inner) {
    boolean word = !inner.endsWith("*");
    String name = word ? inner : inner.substring(0, inner.length() - 1);
    if (isName(name)) {
      return new Part(null, name, word);
    }
    return inner.equals("*") ? new Part(null, null, false) : null;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-' || c == '_');
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Gives the names of the holes. */
  void eachName(Consumer<String> consumer) {
    for (Part part : parts) {
      if (part.name != null) {
        consumer.accept(part.name);
      }
    }
  }

  /** Whether there is a hole that nobody asks for. */
  boolean hasNameless() {
    return parts.stream().anyMatch(part -> part.literal == null && part.name == null);
  }

  /** Fills the holes whose text is known, and leaves the others open. */
  Template with(Map<String, String> known) {
    List<Part> filled = new ArrayList<>();
    for (Part part : parts) {
      String text = part.name == null ? null : known.get(part.name);
      filled.add(text == null ? part : new Part(text, null, false));
    }
    return new Template(source, filled);
  }

  /** Fills the holes; those that nothing is known for are left empty. */
  byte[] filled(Map<String, String> captures) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          part.literal != null
              ? part.literal
              : captures.getOrDefault(String.valueOf(part.name), ""));
    }
    return Latin1.bytes(text.toString());
  }

  /** Whether text fits; what stands in the holes is kept then. */
  boolean matches(String text, Map<String, String> captures) {
    return match(0, text, 0, captures) == YES;
  }

  private int match(int index, String text, int from, Map<String, String> captures) {
    if (index == parts.size()) {
      return from == text.length() ? YES : NO;
    }
    Part part = parts.get(index);
    if (part.literal == null) {
      return matchHole(index, text, from, captures);
    }
    return text.startsWith(part.literal, from)
        ? match(index + 1, text, from + part.literal.length(), captures)
        : NO;
  }

  /** Tries the shortest text for a hole first. */
  private int matchHole(int index, String text, int from, Map<String, String> captures) {
    Part part = parts.get(index);
    for (int end = part.word ? from + 1 : from; end <= text.length(); end++) {
      if (part.word && text.charAt(end - 1) == ' ') {
        return NO;
      }
      int result = match(index + 1, text, end, captures);
      if (result == YES && part.name != null) {
        captures.put(part.name, text.substring(from, end));
      }
      if (result != NO) {
        return result;
      }
    }
    return part.word ? NO : NEVER;
  }

  @Override
  public String toString() {
    return source;
  }
}
