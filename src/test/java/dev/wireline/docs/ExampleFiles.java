package dev.wireline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sources under src/examples, of which a document may show any lines in a row. */
final class ExampleFiles {
  private static final Path FOLDER = Path.of("src/examples/java");

  private final List<List<String>> files = new ArrayList<>();

  private ExampleFiles() {}

  static ExampleFiles read() throws IOException {
    ExampleFiles all = new ExampleFiles();
    try (Stream<Path> paths = Files.walk(FOLDER)) {
      for (Path file : paths.filter(path -> path.toString().endsWith(".java")).toList()) {
        all.files.add(Files.readAllLines(file));
      }
    }
    return all;
  }

  /** Whether one of them has these lines in a row, at whatever indentation. */
  boolean have(String text) {
    return files.stream().anyMatch(file -> has(file, text));
  }

  private static boolean has(List<String> file, String text) {
    List<String> wanted = text.lines().toList();
    for (int from = 0; from + wanted.size() <= file.size(); from++) {
      List<String> run = file.subList(from, from + wanted.size());
      if (run.get(0).strip().equals(wanted.get(0))
          && String.join("\n", run).stripIndent().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
