package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** What Linux says of the TCP connections of this machine, so that a test does not guess it. */
final class SocketTable {
  private static final List<Path> FILES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String CLOSE_WAIT = "08";
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
    String local = String.format(Locale.ROOT, ":%04X", localPort);
    for (Path file : FILES) {
      for (String line : Files.readAllLines(file)) {
        // A line of the table: number, local address, remote address, state.
        String[] fields = line.strip().split("\\s+", 5);
        if (fields[1].endsWith(local) && fields[3].equals(CLOSE_WAIT)) {
          return true;
        }
      }
    }
    return false;
  }
}
