package dev.wireline.build;

import java.nio.file.Path;
import java.util.Objects;

/** The archives that the build has made, as it names them to its last tests. */
final class Jars {
  private Jars() {}

  /** The library. */
  static Path wireline() {
    return path("wireline.jar");
  }

  /** The sources, the documentation: the archive of that classifier beside the library. */
  static Path wireline(String classifier) {
    String name = wireline().toString();
    return Path.of(name.substring(0, name.length() - ".jar".length()) + "-" + classifier + ".jar");
  }

  /** The test kit. */
  static Path kit() {
    return wireline("testing");
  }

  /** The command line with all that it needs. */
  static Path commandLine() {
    return wireline("cli");
  }

  /** The one other jar that the library needs. */
  static Path slf4j() {
    return path("slf4j.jar");
  }

  private static Path path(String property) {
    return Path.of(Objects.requireNonNull(
        System.getProperty(property), () -> property + " is not set: run mvn verify"));
  }
}
