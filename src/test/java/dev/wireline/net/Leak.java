package dev.wireline.net;

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
    // The JDK keeps a descriptor of its own from the first close on.
    try {
      ServerSocketChannel.open().close();
      SocketChannel.open().close();
      Selector.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Leak() {}

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
}
