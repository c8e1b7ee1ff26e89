package dev.wireline.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What must not be written down. Not thread-safe. */
final class Secrets {

  private static final int FEW_BYTES = 4;

  private final List<String> values = new ArrayList<>();
  private final List<String> starts = new ArrayList<>();

  void addValues(String... more) {
    add("values", more, values);
  }

  void addStarts(String... more) {
    add("starts", more, starts);
  }

  private static void add(String name, String[] more, List<String> all) {
    for (String one : Objects.requireNonNull(more, name)) {
      if (Objects.requireNonNull(one, name).isEmpty()) {
        throw new IllegalArgumentException("one of the " + name + " is empty");
      }
      all.add(Latin1.text(one.getBytes(StandardCharsets.UTF_8)));
    }
  }

  Secrets copy() {
    Secrets copy = new Secrets();
    copy.values.addAll(values);
    copy.starts.addAll(starts);
    return copy;
  }

  /**
   * Gives all that one side said, a character a byte, with another character for each secret byte.
   *
   * <p>It takes all at once: a secret may come in pieces.
   */
  String hiding(byte[] said) {
    String text = Latin1.text(said);
    char[] hidden = text.toCharArray();
    for (String value : values) {
      hideValue(text, value, hidden);
    }
    boolean secret = false;
    for (int line = 0; line < text.length(); ) {
      int end = text.indexOf('\n', line) + 1;
      end = end == 0 ? text.length() : end;
      // A field goes on in the lines that start with white space (RFC 9112 section 5.2).
      secret = secret && isBlank(text.charAt(line));
      if (secret) {
        hide(hidden, line, end);
      }
      for (String start : starts) {
        int from = behind(start, text, line, end);
        if (from >= 0) {
          hide(hidden, from, end);
          secret = true;
        }
      }
      line = end;
    }
    return new String(hidden);
  }

  /** Finds what stands behind a start of a line; gives -1 if the line starts otherwise. */
  private static int behind(String start, String text, int line, int end) {
    String name = start.stripTrailing();
    boolean field = name.endsWith(":");
    String wanted = field ? name : start;
    if (!text.regionMatches(true, line, wanted, 0, wanted.length())) {
      return -1;
    }
    int from = line + wanted.length();
    while (field && from < end && isBlank(text.charAt(from))) {
      from++;
    }
    return from;
  }

  private static void hideValue(String text, String value, char[] hidden) {
    boolean begun = false;
    for (int at = text.indexOf(value.charAt(0));
        at >= 0 && !begun;
        at = text.indexOf(value.charAt(0), at + 1)) {
      Occurrence found = Occurrence.at(text, at, value);
      // A side that was cut off may have said no more of it; the first such place has the most.
      begun = found.end() == text.length() && found.count() < value.length();
      if (found.count() == value.length() || (begun && isTelling(found.count(), value))) {
        hide(hidden, at, found.end());
      }
    }
  }

  /** Whether the beginning of a secret is not just something else that starts alike. */
  private static boolean isTelling(int count, String value) {
    return count >= FEW_BYTES || 2 * count >= value.length();
  }

  /**
   * A secret, or the beginning of one, in a text that may break it over lines.
   *
   * @param end where it ends in the text
   * @param count how much of the secret it has
   */
  private record Occurrence(int end, int count) {

    static Occurrence at(String text, int from, String value) {
      int position = from;
      int end = from;
      int count = 0;
      while (count < value.length() && position < text.length()) {
        int fold = endOfFold(text, position);
        if (text.charAt(position) == value.charAt(count)) {
          end = ++position;
          count++;
        } else if (fold > position) {
          position = fold;
          count = endOfBlanks(value, count);
        } else {
          break;
        }
      }
      return new Occurrence(end, count);
    }

    /** Finds the end of white space with a line end in it; gives its start if there is none. */
    private static int endOfFold(String text, int from) {
      int end = endOfBlanks(text, from);
      for (int i = from; i < end; i++) {
        if (text.charAt(i) == '\n') {
          return end;
        }
      }
      return from;
    }

    private static int endOfBlanks(String text, int from) {
      int end = from;
      while (end < text.length() && (isBlank(text.charAt(end)) || isLineEnd(text.charAt(end)))) {
        end++;
      }
      return end;
    }
  }

  /** Line ends stay, and white space behind them: so do the lines, and which of them are folded. */
  private static void hide(char[] hidden, int from, int to) {
    boolean folded = from == 0 || hidden[from - 1] == '\n';
    for (int i = from; i < to; i++) {
      folded = hidden[i] == '\n' || (folded && isBlank(hidden[i]));
      if (!folded && !isLineEnd(hidden[i])) {
        hidden[i] = Quotation.ANY;
      }
    }
  }

  private static boolean isBlank(char octet) {
    return octet == ' ' || octet == '\t';
  }

  private static boolean isLineEnd(char octet) {
    return octet == '\r' || octet == '\n';
  }
}
