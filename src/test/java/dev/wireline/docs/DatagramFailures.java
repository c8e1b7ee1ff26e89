package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import dev.wireline.testing.DatagramServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The failures of a client that sends datagrams. */
final class DatagramFailures {
  private static final DatagramOptions SHORT = DatagramOptions.builder()
      .callTimeout(Duration.ofMillis(500))
      .firstWait(Duration.ofMillis(1))
      .maxTries(3)
      .build();

  private DatagramFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("No answer over UDP", DatagramFailures::noAnswer),
        new Failure("Nobody listens over UDP", DatagramFailures::refused),
        new Failure("An answer over UDP is too large", DatagramFailures::tooLarge));
  }

  private static void noAnswer() throws IOException {
    try (DatagramServer server = DatagramServer.builder().dropEvery(1).start()) {
      ask(server.endpoint(), SHORT);
    }
  }

  private static void refused() throws IOException {
    // Taken, but hearing one other port alone: nobody can come to listen there.
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket held = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      held.connect(loopback, 9);
      ask(Endpoint.tcp("127.0.0.1", held.getLocalPort()), SHORT);
    }
  }

  private static void tooLarge() throws IOException {
    try (DatagramServer server = DatagramServer.answering(request -> List.of(new byte[600]))) {
      ask(server.endpoint(), SHORT.toBuilder().maxAnswerBytes(512).build());
    }
  }

  private static void ask(Endpoint endpoint, DatagramOptions options) throws IOException {
    try (DatagramClient client = new DatagramClient(endpoint, options)) {
      client.ask(new byte[1]);
    }
  }
}
