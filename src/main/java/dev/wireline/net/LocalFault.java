package dev.wireline.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** A failure of this host in which the peer has no part, and the calls that can meet one. */
final class LocalFault extends IOException {
  private static final long serialVersionUID = 1;

  /** If a call may also fail because of the peer, the JDK offers only the system's words. */
  private static final Set<String> WORDS = Set.of(
      "Too many open files",
      "Too many open files in system",
      "No buffer space available",
      "Cannot allocate memory",
      "Network is unreachable",
      "Network is down",
      "No route to host",
      "Permission denied",
      "Operation not permitted");

  private LocalFault(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether a connection's failure is one of this host. */
  static boolean is(IOException e) {
    return e instanceof LocalFault || (e.getMessage() != null && WORDS.contains(e.getMessage()));
  }

  /** Whether an attempt failed for lack of a socket; no route to an address says something about that address. */
  static boolean isIn(IOException attempt) {
    return attempt instanceof LocalFault || attempt.getCause() instanceof LocalFault;
  }

  static Selector selector() throws IOException {
    try {
      return Selector.open();
    } catch (IOException e) {
      throw new LocalFault(e);
    }
  }

  static SocketChannel socket() throws IOException {
    try {
      return SocketChannel.open();
    } catch (IOException e) {
      throw new LocalFault(e);
    }
  }

  static SocketChannel unixSocket() throws IOException {
    try {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException e) {
      throw new LocalFault(e);
    }
  }

  static DatagramChannel datagrams() throws IOException {
    try {
      return DatagramChannel.open();
    } catch (IOException e) {
      throw new LocalFault(e);
    }
  }
}
