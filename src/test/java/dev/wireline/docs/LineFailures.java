package dev.wireline.docs;

import dev.wireline.error.WirelineException;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The failures of a dialogue in lines. */
final class LineFailures {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final LineOptions IMPATIENT = LineOptions.builder()
      .dialer(Dialer.builder().silenceTimeout(SHORT).build())
      .build();

  /** More than the buffers of both sides hold. */
  private static final int LARGE = 16 * 1024 * 1024;

  private LineFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("The peer is silent", LineFailures::silence),
        new Failure("A line comes too slowly", LineFailures::slowLine),
        new Failure("A line is too long", LineFailures::longLine),
        new Failure("The peer hung up", LineFailures::hungUp),
        new Failure("The peer hung up in the middle of a line", LineFailures::cutLine),
        new Failure("The peer reset the connection", LineFailures::reset),
        new Failure("A line is not text", LineFailures::notText),
        new Failure("The peer does not read", LineFailures::notReading),
        new Failure("The client was closed", LineFailures::closed),
        new Failure("The client is broken", LineFailures::broken),
        new Failure("The thread was interrupted", LineFailures::interrupted));
  }

  private static void silence() throws IOException {
    readLine(PeerConnection::hold, IMPATIENT);
  }

  private static void slowLine() throws IOException {
    Peer peer = connection -> {
      connection.write("220 mail.exam");
      connection.hold();
    };
    readLine(peer, LineOptions.builder().transferTimeout(SHORT).build());
  }

  private static void longLine() throws IOException {
    Peer peer = connection -> connection.write("220 mail.example ready\r\n");
    readLine(peer, LineOptions.builder().maxLineBytes(16).build());
  }

  private static void hungUp() throws IOException {
    readLine(PeerConnection::close, LineOptions.standard());
  }

  private static void cutLine() throws IOException {
    readLine(connection -> connection.write("220 mail.exam"), LineOptions.standard());
  }

  private static void reset() throws IOException {
    Peer peer = connection -> {
      connection.readLine();
      connection.reset();
    };
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = new LineClient(server.endpoint())) {
      client.writeLine("NOOP");
      client.readLine();
    }
  }

  private static void notText() throws IOException {
    readLine(connection -> connection.write("220 caf\u00e9\r\n"), LineOptions.standard());
  }

  private static void notReading() throws IOException {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint(), IMPATIENT)) {
      client.writeLine("x".repeat(LARGE));
    }
  }

  private static void closed() throws IOException {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      LineClient client = new LineClient(server.endpoint());
      client.connect();
      client.close();
      client.readLine();
    }
  }

  private static void broken() throws IOException {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint(), IMPATIENT)) {
      try {
        client.readLine();
      } catch (WirelineException first) {
        client.writeLine("NOOP");
      }
    }
  }

  private static void interrupted() throws IOException {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Thread.currentThread().interrupt();
      client.readLine();
    } finally {
      Thread.interrupted();
    }
  }

  private static void readLine(Peer peer, LineOptions options) throws IOException {
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = new LineClient(server.endpoint(), options)) {
      client.readLine();
    }
  }
}
