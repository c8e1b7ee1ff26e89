package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface where nothing listens. */
final class FreePorts {
  private FreePorts() {}

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
