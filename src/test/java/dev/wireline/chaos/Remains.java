package dev.wireline.chaos;

import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a step left behind: descriptors above a count, and threads of the library. */
final class Remains {
  private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
  private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6", "unix");

  private final long before;

  Remains() throws IOException {
    before = Leftovers.descriptors();
  }

  /** The servers' ends of the connections go when they notice. */
  void awaitNone() throws IOException {
    long start = System.nanoTime();
    long pause = 50_000;
    while (Leftovers.descriptors() > before) {
      if (System.nanoTime() - start > HANG_NANOS) {
        throw new AssertionError("descriptors are left, of these:\n" + all());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, MOST_NANOS);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("wireline-")) {
        throw new AssertionError("a thread is left: " + thread);
      }
    }
  }

  /** All descriptors, with the lines of the kernel's tables for those that are sockets. */
  private static String all() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.map(Remains::target).sorted().collect(Collectors.joining("\n"));
    }
  }

  private static String target(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:[") ? target + rows(target.substring(8)) : target;
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private static String rows(String inode) throws IOException {
    String number = " " + inode.substring(0, inode.length() - 1) + " ";
    StringBuilder found = new StringBuilder();
    for (String table : TABLES) {
      try (Stream<String> rows = Files.lines(Path.of("/proc/self/net", table))) {
        rows.filter(row -> row.contains(number))
            .forEach(row -> found.append(' ').append(table).append(row));
      }
    }
    return found.toString();
  }
}
