package dev.wireline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown file of the project, as far as the tests look into it.
 *
 * @param file where it is
 * @param lines its lines
 */
record Document(Path file, List<String> lines) {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final String FENCE = "```";

  /**
   * A fenced block.
   *
   * @param place file and line, for messages
   * @param heading the nearest heading above it, empty where there is none
   * @param language what stands behind the fence
   * @param text the block without common indentation
   */
  record Block(String place, String heading, String language, String text) {}

  static Document read(Path file) throws IOException {
    return new Document(file, Files.readAllLines(file));
  }

  /** The README, the CHANGELOG and everything under docs. */
  static List<Document> all() throws IOException {
    List<Document> all = new ArrayList<>();
    all.add(read(Path.of("README.md")));
    all.add(read(Path.of("CHANGELOG.md")));
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      for (Path file : docs.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        all.add(read(file));
      }
    }
    return all;
  }

  /** The fenced blocks in a language. */
  List<Block> blocks(String language) {
    List<Block> blocks = new ArrayList<>();
    String heading = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#")) {
        heading = titleOf(line);
      }
      if (!line.strip().startsWith(FENCE)) {
        continue;
      }
      int end = i + 1;
      while (!lines.get(end).strip().equals(FENCE)) {
        end++;
      }
      if (line.strip().equals(FENCE + language)) {
        String text = String.join("\n", lines.subList(i + 1, end)).stripIndent();
        blocks.add(new Block(file + ":" + (i + 1), heading, language, text));
      }
      i = end;
    }
    return blocks;
  }

  /** The targets of all links. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    for (String line : prose()) {
      Matcher matcher = LINK.matcher(line);
      while (matcher.find()) {
        links.add(matcher.group(1));
      }
    }
    return links;
  }

  /** What a link can name behind {@code #}: the headings, spelt as the usual renderers spell them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String line : prose()) {
      if (line.startsWith("#")) {
        anchors.add(titleOf(line)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "")
            .replace(' ', '-'));
      }
    }
    return anchors;
  }

  /** The lines outside fenced blocks. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      if (line.strip().startsWith(FENCE)) {
        fenced = !fenced;
      } else if (!fenced) {
        prose.add(line);
      }
    }
    return prose;
  }

  private static String titleOf(String heading) {
    return heading.replaceFirst("^#+ ", "").strip();
  }
}
