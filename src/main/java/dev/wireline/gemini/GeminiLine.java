package dev.wireline.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A line of a {@code text/gemini} page. Immutable; text from the peer.
 *
 * @param kind what it is
 * @param text the text to display, without the characters that mark the kind; for a link its label, or its URL
 *     if it has none
 * @param link the reference of a link; empty for any other kind
 */
public record GeminiLine(Kind kind, String text, String link) {
  private static final String FENCE = "```";

  /** What a line is. */
  public enum Kind {
    /** A paragraph. */
    TEXT,
    /** A reference to something else, {@code =>}. */
    LINK,
    /** A heading, {@code #}. */
    HEADING,
    /** A second-level heading, {@code ##}. */
    SUBHEADING,
    /** A third-level heading, {@code ###}. */
    SUBSUBHEADING,
    /** A list item, {@code *}. */
    ITEM,
    /** A quotation, {@code >}. */
    QUOTE,
    /** A preformatted line, between two lines of {@code ```}. */
    PREFORMATTED
  }

  /**
   * A line.
   *
   * @param kind as above
   * @param text as above
   * @param link as above
   */
  public GeminiLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(link, "link");
  }

  /**
   * Parses a page. The lines that toggle preformatted text are left out.
   *
   * @param page the text
   * @return its lines
   */
  public static List<GeminiLine> parse(String page) {
    List<GeminiLine> lines = new ArrayList<>();
    boolean kept = false;
    for (String line : Objects.requireNonNull(page, "page").lines().toList()) {
      if (line.startsWith(FENCE)) {
        kept = !kept;
      } else {
        lines.add(kept ? new GeminiLine(Kind.PREFORMATTED, line, "") : of(line));
      }
    }
    return List.copyOf(lines);
  }

  private static GeminiLine of(String line) {
    if (line.startsWith("=>")) {
      return link(line.substring(2).strip());
    }
    if (line.startsWith("###")) {
      return plain(Kind.SUBSUBHEADING, line, 3);
    }
    if (line.startsWith("##")) {
      return plain(Kind.SUBHEADING, line, 2);
    }
    if (line.startsWith("#")) {
      return plain(Kind.HEADING, line, 1);
    }
    if (line.startsWith("* ")) {
      return plain(Kind.ITEM, line, 2);
    }
    return line.startsWith(">") ? plain(Kind.QUOTE, line, 1) : new GeminiLine(Kind.TEXT, line, "");
  }

  private static GeminiLine plain(Kind kind, String line, int from) {
    return new GeminiLine(kind, line.substring(from).strip(), "");
  }

  private static GeminiLine link(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) > ' ') {
      end++;
    }
    String url = rest.substring(0, end);
    String label = rest.substring(end).strip();
    return new GeminiLine(Kind.LINK, label.isEmpty() ? url : label, url);
  }
}
