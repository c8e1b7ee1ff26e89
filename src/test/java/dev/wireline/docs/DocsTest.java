package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents against the code: examples, links, messages, names of tests. */
class DocsTest {
  private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Test|IT))`");

  @Test
  void showsNoCodeThatIsNotCompiledAndRun() throws IOException {
    Set<String> regions = new HashSet<>(Regions.read().values());
    ExampleFiles examples = ExampleFiles.read();
    List<String> unknown = new ArrayList<>();

    for (Document document : Document.all()) {
      for (Document.Block block : document.blocks("java")) {
        if (!regions.contains(block.text()) && !examples.have(block.text())) {
          unknown.add(block.place());
        }
      }
      for (Document.Block block : document.blocks("kotlin")) {
        if (!regions.contains(block.text())) {
          unknown.add(block.place());
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void hasNoExampleThatNoDocumentShows() throws IOException {
    Set<String> shown = new HashSet<>();
    for (Document document : Document.all()) {
      document.blocks("java").forEach(block -> shown.add(block.text()));
      document.blocks("kotlin").forEach(block -> shown.add(block.text()));
    }
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source :
          sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        shown.addAll(JavadocBlocks.of(source));
      }
    }

    List<String> unused = new ArrayList<>();
    Regions.read().forEach((name, text) -> {
      if (!shown.contains(text)) {
        unused.add(name);
      }
    });

    assertThat(unused).isEmpty();
  }

  @Test
  void leadsSomewhereWithEachLink() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Document document : Document.all()) {
      for (String link : document.links()) {
        if (!link.contains("://") && !leadsSomewhere(document, link)) {
          broken.add(document.file() + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Document document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty()
        ? document.file()
        : document.file().resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || Document.read(target).anchors().contains(parts[1]);
  }

  @Test
  void startsEachTableWithItsHead() throws IOException {
    List<String> torn = new ArrayList<>();
    for (Document document : Document.all()) {
      String before = "";
      String last = "";
      for (String line : document.prose()) {
        if (last.startsWith("|") && !before.startsWith("|") && !line.startsWith("|---")) {
          torn.add(document.file() + ": " + last);
        }
        before = last;
        last = line;
      }
    }

    assertThat(torn).isEmpty();
  }

  @Test
  void showsEachMessageOfTheGoldenFileUnderItsName() throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    Document guide = Document.read(Path.of("docs/guide/errors.md"));
    Map<String, String> golden = GoldenMessages.read();
    for (Document.Block block : guide.blocks("text")) {
      if (golden.containsKey(block.heading())) {
        shown.put(block.heading(), block.text());
      }
    }

    assertThat(shown).containsExactlyEntriesOf(golden);
  }

  @Test
  void namesNoTestThatIsNotThere() throws IOException {
    Set<String> tests = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      files.forEach(file -> tests.add(file.getFileName().toString()));
    }
    for (Document document : Document.all()) {
      Matcher names = TEST_NAME.matcher(String.join("\n", document.prose()));
      while (names.find()) {
        assertThat(tests).as(document.file().toString()).contains(names.group(1) + ".java");
      }
    }
  }

  @Test
  void namesATestForEachPromise() throws IOException {
    Map<String, String> promises = promises();

    assertThat(promises).hasSizeGreaterThan(6);
    promises.forEach((promise, tests) -> assertThat(tests).as(promise).containsPattern(TEST_NAME));
  }

  /** The first and the last cell of each row of the table. */
  private static Map<String, String> promises() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    boolean there = false;
    for (String line : Document.read(Path.of("docs/SECURITY.md")).lines()) {
      there = line.startsWith("## ") ? line.equals("## What it promises") : there;
      if (there && line.startsWith("|") && !line.startsWith("|---")) {
        String[] cells = line.split("\\|", -1);
        rows.put(cells[1].strip(), cells[cells.length - 2]);
      }
    }
    rows.remove("promise");
    return rows;
  }

  @Test
  void keepsTheReadmeShort() throws IOException {
    assertThat(Document.read(Path.of("README.md")).lines()).hasSizeLessThan(150);
  }
}
