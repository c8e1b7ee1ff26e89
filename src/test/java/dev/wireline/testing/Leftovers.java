package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests leave behind: threads, and descriptors where the platform lists them. */
public final class Leftovers {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static {
    // The JDK keeps descriptors of its own: from the first close on, and for virtual threads.
    for (ThreadKind kind : ThreadKind.available()) {
      join(kind.start(new FirstUse()));
    }
  }

  private Leftovers() {}

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A class of its own, for this one is not ready before the threads have ended. */
  private static final class FirstUse implements Runnable {
    @Override
    public void run() {
      try (Selector selector = Selector.open()) {
        DatagramChannel.open().close();
        SocketChannel.open().close();
        selector.select(1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

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
