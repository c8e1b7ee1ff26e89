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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs the small program in {@code src/test/consumer} against the finished jar, with
 * slf4j-api as the only other jar and the JDK that runs the build.
 */
class ConsumerIT {
  private static final Path SOURCES = Path.of("src", "test", "consumer");
  private static final String JARS =
      String.join(File.pathSeparator, Jars.wireline().toString(), Jars.slf4j().toString());
  private static final int MAX_SECONDS = 60;

  @TempDir
  Path folder;

  @Test
  void compilesAndRunsFromTheClassPath() throws Exception {
    Path classes = folder.resolve("classes");

    run("javac", compiling(classes, "-cp", SOURCES.resolve("app")));
    String output = run("java", List.of("-cp", JARS + File.pathSeparator + classes, "app.Main"));

    assertThat(output).contains("consumer: all answers right");
  }

  @Test
  void compilesAndRunsFromTheModulePath() throws Exception {
    Path classes = folder.resolve("modules");

    run("javac", compiling(classes, "-p", SOURCES));
    String output =
        run("java", List.of("-p", JARS + File.pathSeparator + classes, "-m", "consumer/app.Main"));

    assertThat(output).contains("consumer: all answers right");
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

  /** Runs a tool of this JDK to its end, which must be a good one; gives all that it printed. */
  private String run(String tool, List<String> arguments) throws Exception {
    Path output = folder.resolve(tool + ".txt");
    List<String> command = new ArrayList<>(arguments);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", tool).toString());
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
