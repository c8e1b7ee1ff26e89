package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the commands that the documents show against the build: profiles, executions and scripts are there.
 * The scripts run the commands themselves.
 */
class ShownCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("(?:^ {4}|`)(mvn [^`]*)");
  private static final Pattern SCRIPT = Pattern.compile("`((?:\\.ci|site|\\.)/[a-z-]+)[ `]");
  private static final Pattern PIN =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern NAMED = Pattern.compile("-P(\\S+)|exec:exec@([a-z]+)");

  @Test
  void eachNamesProfilesAndExecutionsOfTheBuild() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    List<String> named = new ArrayList<>();
    for (String command : found(COMMAND)) {
      Matcher names = NAMED.matcher(command);
      while (names.find()) {
        String name = names.group(1) == null ? names.group(2) : names.group(1);
        named.addAll(List.of(name.split(",", -1)));
      }
    }

    assertThat(named).contains("release", "central", "fuzz", "bench");
    assertThat(named).allSatisfy(name -> assertThat(build).contains("<id>" + name + "</id>"));
  }

  @Test
  void eachScriptIsThereAndCanBeRun() throws IOException {
    List<String> scripts = found(SCRIPT);

    assertThat(scripts).contains(".ci/run", ".ci/release", "site/build", "./mvnw");
    assertThat(scripts).allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
  }

  @Test
  void theFirstBuildFilePinsWhatTheBuildPins() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    for (String property : List.of("slf4j", "surefire")) {
      String name = property + ".version";
      String value = build.replaceFirst("(?s).*<" + name + ">([^<]+)<.*", "$1");
      build = build.replace("${" + name + "}", value);
    }
    Document page = Document.read(Path.of("docs/guide/getting-started.md"));
    String first = page.blocks("xml").get(0).text().replace("slf4j-nop", "slf4j-api");

    List<String> pinned = pins(first.substring(first.indexOf("<dependencies>")));

    assertThat(pinned).hasSizeGreaterThan(6);
    assertThat(pins(build)).containsAll(pinned);
  }

  private static List<String> pins(String build) {
    return PIN.matcher(build)
        .results()
        .map(pin -> pin.group(1) + " " + pin.group(2))
        .toList();
  }

  private static List<String> found(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Document document : Document.all()) {
      for (String line : document.lines()) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found;
  }
}
