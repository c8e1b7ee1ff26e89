package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface where nothing listens. */
final class FreePorts {
  private static final int MOST_TRIES = 4;

  private FreePorts() {}

  /** What takes ports and starts a server on them. */
  @FunctionalInterface
  interface Start<T> {
    T run() throws IOException;
  }

  /**
   * Starts a server, and again when it did not come up: a port that was free a moment ago may be taken
   * meanwhile, also as the local end of a connection.
   */
  static <T> T retry(Start<T> server) throws IOException {
    for (int tries = 1; true; tries++) {
      try {
        return server.run();
      } catch (IOException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /** So many different ones, as endpoints of 127.0.0.1. */
  static List<Endpoint> take(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Endpoint> endpoints = new ArrayList<>();
      while (held.size() < count) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        endpoints.add(Endpoint.tcp("127.0.0.1", socket.getLocalPort()));
      }
      return endpoints;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
