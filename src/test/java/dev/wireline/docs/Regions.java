package dev.wireline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The examples of the documents: the parts of the classes in this package between two marks.
 *
 * <pre>
 * // docs: name
 * // end: name
 * </pre>
 *
 * <p>Regions may lie in one another. A mark may say how a variable that the test needs reads in the
 * document: {@code // docs: name, endpoint is "localhost:8080"}.
 */
final class Regions {
  private static final Path FOLDER = Path.of("src/test/java/dev/wireline/docs");
  private static final String START = "// docs: ";
  private static final String END = "// end: ";

  private final Map<String, String> finished = new LinkedHashMap<>();
  private final Map<String, List<String>> open = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  private Regions() {}

  /** The text of each region, without common indentation, by its name. */
  static Map<String, String> read() throws IOException {
    Regions regions = new Regions();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> !f.endsWith("Regions.java")).sorted().toList()) {
        regions.take(file);
      }
    }
    return regions.finished;
  }

  private void take(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String mark = line.strip();
      if (mark.startsWith(START)) {
        start(mark.substring(START.length()));
      } else if (mark.startsWith(END)) {
        end(mark.substring(END.length()));
      } else {
        open.values().forEach(text -> text.add(line));
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(file + " does not end its regions " + open.keySet());
    }
  }

  private void start(String mark) {
    int comma = mark.indexOf(", ");
    String name = comma < 0 ? mark : mark.substring(0, comma);
    if (open.containsKey(name) || finished.containsKey(name)) {
      throw new IllegalStateException("two regions are called " + name);
    }
    open.put(name, new ArrayList<>());
    variables.put(name, comma < 0 ? "" : mark.substring(comma + 2));
  }

  private void end(String name) {
    List<String> lines = open.remove(name);
    if (lines == null) {
      throw new IllegalStateException("no region " + name + " is open");
    }
    String text = String.join("\n", lines).stripTrailing().stripIndent().strip();
    String variable = variables.getOrDefault(name, "");
    if (!variable.isEmpty()) {
      String[] parts = variable.split(" is ", 2);
      text = text.replaceAll("\\b" + parts[0] + "\\b", parts[1]);
    }
    finished.put(name, text);
  }
}
