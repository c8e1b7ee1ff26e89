package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests leave behind: threads, and descriptors where the platform lists them. */
public final class Leftovers {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private Leftovers() {}

  public static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("peer-server ") || name.equals(Caller.THREAD))
        .toList();
  }

  /** Counts sockets and selectors; 0 where the platform does not list them. */
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
