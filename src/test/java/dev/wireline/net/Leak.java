package dev.wireline.net;

import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.util.List;

/** What the library could leave behind: threads, and descriptors where the platform lists them. */
final class Leak {
  private Leak() {}

  /** Counts sockets, selectors and pipes; 0 where the platform does not list them. */
  static long descriptors() throws IOException {
    return Leftovers.descriptors();
  }

  /** The names of the library's own threads that run. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("wireline-"))
        .toList();
  }
}
