package dev.wireline.testing;

import java.util.List;

/** A difference told: what was expected, what came, and script and conversation side by side. */
final class Report {

  private static final int MAX_WIDTH = 60;
  private static final String SCRIPT = "the script";

  private final Scene scene;
  private final int place;
  private final List<Conversation.Said> said;

  /** Tells of a scene that was played up to a place, or to its end. */
  Report(Scene scene, int place, List<Conversation.Said> said) {
    this.scene = scene;
    this.place = place;
    this.said = said;
  }

  String text(String reason, byte[] came) {
    return reason
        + "\n  expected: "
        + expected()
        + "\n  came:     "
        + (came.length == 0 ? "nothing" : "\"" + Escaped.bytes(came) + "\"")
        + "\n"
        + sideBySide();
  }

  private String expected() {
    if (place == scene.size()) {
      return "nothing more";
    }
    Step step = scene.steps().get(place);
    return step.expectation() + " (line " + step.line() + " of the script)";
  }

  private String sideBySide() {
    int width = SCRIPT.length();
    for (Step step : scene.steps()) {
      width =
          Math.max(width, step.toString().lines().mapToInt(String::length).max().orElse(0));
    }
    Table table = new Table(Math.min(width, MAX_WIDTH));
    table.row("    ", SCRIPT, "what was said");
    int row = 0;
    for (Conversation.Said one : said) {
      if (one.aside()) {
        table.row("    ", "", one.text());
      } else {
        row(table, row++, one.text());
      }
    }
    while (row < scene.size() || row == place) {
      row(table, row++, "");
    }
    return table.toString();
  }

  private void row(Table table, int row, String right) {
    table.row(row == place ? "  > " : "    ", left(row), right);
  }

  private String left(int row) {
    if (row < scene.size()) {
      return scene.steps().get(row).toString();
    }
    return row == place ? "(end)" : "";
  }

  /** Two columns; what has several lines takes as many rows. */
  private static final class Table {

    private final StringBuilder text = new StringBuilder();
    private final int width;

    Table(int width) {
      this.width = width;
    }

    void row(String mark, String left, String right) {
      List<String> lefts = left.lines().toList();
      List<String> rights = right.lines().toList();
      for (int i = 0; i < Math.max(1, Math.max(lefts.size(), rights.size())); i++) {
        String cell = i < lefts.size() ? lefts.get(i) : "";
        String gap = " ".repeat(Math.max(width - cell.length(), 0));
        String said = i < rights.size() ? rights.get(i) : "";
        String line = (i == 0 ? mark : "    ") + cell + gap + " | " + said;
        text.append(line.stripTrailing()).append('\n');
      }
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
