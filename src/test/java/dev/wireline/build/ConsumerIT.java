package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs the small program in {@code src/test/consumer} against the finished jars of the
 * library and of the test kit, with slf4j-api as the only other jar and the JDK that runs the build.
 */
class ConsumerIT {
  private static final Path SOURCES = Path.of("src", "test", "consumer");
  private static final String JARS = Stream.of(Jars.wireline(), Jars.kit(), Jars.slf4j())
      .map(Path::toString)
      .collect(Collectors.joining(File.pathSeparator));
  private static final int MAX_SECONDS = 120;

  @TempDir
  Path folder;

  @Test
  void compilesAndRunsFromTheClassPath() throws Exception {
    Path classes = folder.resolve("classes");

    run("javac", compiling(classes, "-cp", SOURCES.resolve("app")));
    String output = run("java", List.of("-cp", JARS + File.pathSeparator + classes, "app.Main"));

    assertRight(output);
  }

  @Test
  void compilesAndRunsFromTheModulePath() throws Exception {
    Path classes = folder.resolve("modules");

    run("javac", compiling(classes, "-p", SOURCES));
    String output =
        run("java", List.of("-p", JARS + File.pathSeparator + classes, "-m", "consumer/app.Main"));

    assertRight(output);
  }

  @Test
  void runsFromAnImageThatIsLinkedOfModules() throws Exception {
    Path classes = folder.resolve("modules");
    Path image = folder.resolve("image");
    run("javac", compiling(classes, "-p", SOURCES));

    run(
        "jlink",
        List.of(
            "-p",
            JARS + File.pathSeparator + classes,
            "--add-modules",
            "consumer",
            "--output",
            image.toString()));
    String output = run(image, "java", List.of("-m", "consumer/app.Main"));

    assertRight(output);
  }

  /** The version is that of the build, wherever the classes come from. */
  private static void assertRight(String output) throws IOException {
    try (JarFile jar = new JarFile(Jars.wireline().toFile())) {
      String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
      assertThat(output)
          .contains("consumer: all answers right", "consumer: this is Wireline/" + version);
    }
  }

  private static List<String> compiling(Path classes, String pathFlag, Path sources)
      throws IOException {
    List<String> arguments = new ArrayList<>(
        List.of("--release", "17", "-Xlint:all", "-Werror", "-d", classes.toString()));
    arguments.addAll(List.of(pathFlag, JARS));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    return arguments;
  }

  private String run(String tool, List<String> arguments) throws Exception {
    return run(Path.of(System.getProperty("java.home")), tool, arguments);
  }

  /** Runs a tool of a JDK to its end, which must be a good one; gives all that it printed. */
  private String run(Path home, String tool, List<String> arguments) throws Exception {
    Path output = folder.resolve(tool + ".txt");
    List<String> command = new ArrayList<>(arguments);
    command.add(0, home.resolve("bin").resolve(tool).toString());
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();

    boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }

    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended)
        .as("%s ended within %s seconds%n%s", command, MAX_SECONDS, text)
        .isTrue();
    assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
    return text;
  }
}
