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
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        hide(hidden, at, at + value.length());
      }
      int begun = begunAtEnd(text, value);
      hide(hidden, text.length() - begun, text.length());
    }
    for (int line = 0; line < hidden.length; ) {
      int end = text.indexOf('\n', line) + 1;
      end = end == 0 ? hidden.length : end;
      for (String start : starts) {
        if (text.regionMatches(true, line, start, 0, start.length())) {
          hide(hidden, line + start.length(), end);
        }
      }
      line = end;
    }
    return new String(hidden);
  }

  /**
   * How many bytes of a secret stand at the end: a side that was cut off may have said no more of it.
   *
   * <p>A few that are less than half of it are taken for something else.
   */
  private static int begunAtEnd(String text, String value) {
    for (int count = Math.min(value.length() - 1, text.length()); count > 0; count--) {
      if (text.regionMatches(text.length() - count, value, 0, count)) {
        return count >= FEW_BYTES || 2 * count >= value.length() ? count : 0;
      }
    }
    return 0;
  }

  /** Line ends stay, and so do the lines. */
  private static void hide(char[] hidden, int from, int to) {
    for (int i = from; i < to; i++) {
      if (hidden[i] != '\r' && hidden[i] != '\n') {
        hidden[i] = Quotation.ANY;
      }
    }
  }
}
