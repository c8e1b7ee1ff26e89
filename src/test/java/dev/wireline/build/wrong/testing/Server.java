package dev.wireline.build.wrong.testing;

import dev.wireline.build.wrong.endpoint.Place;
import java.io.IOException;
import java.net.ServerSocket;

/** Right: the platform and the endpoint alone. */
public final class Server {
  public Place open() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Place("127.0.0.1", socket.getLocalPort());
    }
  }
}
