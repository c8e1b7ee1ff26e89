package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What tests leave behind: threads, and descriptors where the platform lists them. */
public final class Leftovers {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static {
    FirstUse.run();
  }

  private Leftovers() {}

  /** The names of the threads that run for the test kit or for a call of a test. */
  public static List<String> threads() {
    return threads(name -> name.startsWith("peer-server ") || name.equals(Caller.THREAD));
  }

  /** The names of the library's own threads that run. */
  public static List<String> threadsOfTheLibrary() {
    return threads(name -> name.startsWith("wireline-"));
  }

  private static List<String> threads(Predicate<String> which) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(which)
        .toList();
  }

  /** Counts sockets, selectors and pollers; 0 where the platform does not list them. */
  public static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(Leftovers::isOfANetwork).count();
    }
  }

  private static boolean isOfANetwork(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:");
    } catch (IOException e) {
      return false;
    }
  }

  public static void assertNoThreads() {
    assertThat(threads()).isEmpty();
  }
}
