package dev.wireline.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was said, as a script. Thread-safe. */
final class Recording {
  private final List<String> secrets;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder begun = new StringBuilder();

  Recording(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  synchronized void said(String line) {
    endLine();
    String lower = line.toLowerCase(Locale.ROOT);
    String shown = secrets.stream()
        .filter(start -> lower.startsWith(start.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(start -> Pattern.escape(line.substring(0, start.length())) + "{secret*}")
        .orElseGet(() -> Pattern.escape(line));
    lines.add("C: " + shown);
  }

  synchronized void heard(byte[] bytes, int count) {
    begun.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
    for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
      add(begun.substring(0, end));
      begun.delete(0, end + 1);
    }
  }

  synchronized void heard(String line) {
    lines.add("S: " + Pattern.escape(line));
  }

  private void endLine() {
    if (begun.length() > 0) {
      add(begun.toString());
      begun.setLength(0);
    }
  }

  private void add(String octets) {
    String line = octets.endsWith("\r") ? octets.substring(0, octets.length() - 1) : octets;
    heard(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }

  synchronized String script() {
    endLine();
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
