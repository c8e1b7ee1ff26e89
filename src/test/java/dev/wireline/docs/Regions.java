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
 * The examples of the documents: the parts of the classes in this package, in Java and Kotlin, between two marks.
 *
 * <pre>
 * // docs: name
 * // end: name
 * </pre>
 *
 * <p>Regions may lie in one another. Their text is shown as it was compiled and run, with nothing put in its
 * place: names that it takes for granted are variables of its test.
 */
final class Regions {
  private static final List<Path> FOLDERS =
      List.of(Path.of("src/test/java/dev/wireline/docs"), Path.of("src/kotlin/dev/wireline/docs"));
  private static final String START = "// docs: ";
  private static final String END = "// end: ";

  private final Map<String, String> finished = new LinkedHashMap<>();
  private final Map<String, List<String>> open = new LinkedHashMap<>();

  private Regions() {}

  /** The text of each region, without common indentation, by its name. */
  static Map<String, String> read() throws IOException {
    Regions regions = new Regions();
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> !f.endsWith("Regions.java")).sorted().toList()) {
          regions.take(file);
        }
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

  private void start(String name) {
    if (name.contains(" ")) {
      throw new IllegalStateException("a mark is a name alone: " + name);
    }
    if (open.containsKey(name) || finished.containsKey(name)) {
      throw new IllegalStateException("two regions are called " + name);
    }
    open.put(name, new ArrayList<>());
  }

  private void end(String name) {
    List<String> lines = open.remove(name);
    if (lines == null) {
      throw new IllegalStateException("no region " + name + " is open");
    }
    finished.put(name, String.join("\n", lines).stripTrailing().stripIndent().strip());
  }
}
