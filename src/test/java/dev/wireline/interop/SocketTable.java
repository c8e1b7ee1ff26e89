package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What Linux says of the TCP connections of this machine, so that a test does not guess it. */
final class SocketTable {
  private static final List<Path> FILES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String CLOSE_WAIT = "08";
  private static final String LISTEN = "0A";
  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private SocketTable() {}

  /** Waits until the peer of the connection with this local port has closed its side. */
  static void awaitClosedByPeer(int localPort) throws IOException {
    long start = System.nanoTime();
    while (!isClosedByPeer(localPort)) {
      if (System.nanoTime() - start > AT_MOST.toNanos()) {
        throw new AssertionError("the peer of local port " + localPort + " has not closed");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static boolean isClosedByPeer(int localPort) throws IOException {
    return !sockets(localPort, CLOSE_WAIT).isEmpty();
  }

  /** Whether a process listens on this port itself. */
  static boolean isListening(long process, int port) throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process + "/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        own.add(target(descriptor));
      }
    }
    return sockets(port, LISTEN).stream().anyMatch(own::contains);
  }

  /** What a descriptor is; nothing when it is gone meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** The sockets of this local port in this state, as descriptors name them. */
  private static Set<String> sockets(int localPort, String state) throws IOException {
    String local = String.format(Locale.ROOT, ":%04X", localPort);
    Set<String> found = new HashSet<>();
    for (Path file : FILES) {
      for (String line : Files.readAllLines(file)) {
        // number, local and remote address, state, queues, timer, retransmits, user, timeout, inode
        String[] fields = line.strip().split("\\s+", 11);
        if (fields[1].endsWith(local) && fields[3].equals(state)) {
          found.add("socket:[" + fields[9] + "]");
        }
      }
    }
    return found;
  }
}
