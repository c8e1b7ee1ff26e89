package dev.wireline.testing;

import java.util.List;

/** A difference told: what was expected, what came, and script and conversation side by side. */
final class Report {

  private static final int MAX_WIDTH = 60;
  private static final String SCRIPT = "the script";

  private final Scene scene;
  private final int place;
  private final List<String> said;

  /** Tells of a scene that was played up to a place, or to its end. */
  Report(Scene scene, int place, List<String> said) {
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
      width = Math.max(width, Math.min(step.toString().length(), MAX_WIDTH));
    }
    StringBuilder table = new StringBuilder();
    row(table, "    ", SCRIPT, width, "what was said");
    int rows = Math.max(scene.size() + (place == scene.size() ? 1 : 0), said.size());
    for (int i = 0; i < rows; i++) {
      row(table, i == place ? "  > " : "    ", left(i), width, i < said.size() ? said.get(i) : "");
    }
    return table.toString();
  }

  private String left(int row) {
    if (row < scene.size()) {
      return scene.steps().get(row).toString();
    }
    return row == place ? "(end)" : "";
  }

  private static void row(StringBuilder table, String mark, String left, int width, String right) {
    String gap = " ".repeat(Math.max(width - left.length(), 0));
    table.append((mark + left + gap + " | " + right).stripTrailing()).append('\n');
  }
}
