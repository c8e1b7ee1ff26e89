package dev.wireline.net;

import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the library could leave behind: threads, and descriptors where the platform lists them. */
final class Leak {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static {
    // The JDK keeps descriptors of its own: from the first close on, and for virtual threads.
    for (ThreadKind kind : ThreadKind.available()) {
      join(kind.start(new FirstUse()));
    }
  }

  private Leak() {}

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts sockets, selectors and pipes; 0 where the platform does not list them. */
  static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(Leak::isOfANetwork).count();
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

  /** The names of the library's own threads that run. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("wireline-"))
        .toList();
  }

  /** A class of its own, for this one is not ready before the threads have ended. */
  private static final class FirstUse implements Runnable {
    @Override
    public void run() {
      try (Selector selector = Selector.open()) {
        ServerSocketChannel.open().close();
        SocketChannel.open().close();
        selector.select(1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
