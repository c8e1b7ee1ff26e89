package dev.wireline.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A conversation written as {@code S:} and {@code C:} lines. Immutable. */
final class Script {

  /**
   * A line of one side.
   *
   * @param fromServer whether the server says it
   * @param text what is said, without a line end
   */
  record Line(boolean fromServer, String text) {

    byte[] bytes() {
      return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return fromServer ? "S: " + Escaped.text(text) : "C: " + Escaped.text(text);
    }
  }

  private final List<Line> lines;

  private Script(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  static Script parse(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : Objects.requireNonNull(text, "script").lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(parse(line, number));
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("the script has no \"S: \" and no \"C: \" line");
    }
    return new Script(lines);
  }

  private static Line parse(String line, int number) {
    boolean fromServer = line.startsWith("S:");
    boolean known = fromServer || line.startsWith("C:");
    if (known && line.length() == 2) {
      return new Line(fromServer, "");
    }
    if (!known || line.charAt(2) != ' ') {
      throw new IllegalArgumentException("line "
          + number
          + " of the script starts with neither \"S: \" nor \"C: \" nor \"#\": \""
          + Escaped.text(line)
          + "\"");
    }
    return new Line(fromServer, line.substring(3));
  }

  int size() {
    return lines.size();
  }

  Line line(int index) {
    return lines.get(index);
  }

  /** Finds the end of the server's lines that start at an index. */
  int endOfServerLines(int from) {
    int end = from;
    while (end < lines.size() && lines.get(end).fromServer()) {
      end++;
    }
    return end;
  }

  /** Shows the script with a mark before one line, or behind the last. */
  String markedAt(int index) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      shown.append(i == index ? "  > " : "    ").append(lines.get(i)).append('\n');
    }
    return index < lines.size() ? shown.toString() : shown.append("  > (end)\n").toString();
  }
}
