package dev.wireline.docs;

import dev.wireline.error.WirelineException;
import dev.wireline.line.Blocks;
import dev.wireline.line.Command;
import dev.wireline.line.Frames;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Replies;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.ByteOrder;
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
        new Failure("The thread was interrupted", LineFailures::interrupted),
        new Failure("The peer says no to a command", LineFailures::refused),
        new Failure("The peer says no and closes", LineFailures::refusedForGood),
        new Failure("A frame is too large", LineFailures::largeFrame),
        new Failure("A length is negative", LineFailures::negativeLength));
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

  private static void refused() throws IOException {
    ask("535 no such user\r\n");
  }

  private static void refusedForGood() throws IOException {
    ask("421 too many of you\r\n");
  }

  private static void ask(String answer) throws IOException {
    try (PeerServer server = PeerServer.start(connection -> connection.write(answer));
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withClosingCodes(221, 421);
      replies.ask(Command.of("AUTH").atom("PLAIN").secretText("am9l"), 235);
    }
  }

  private static void largeFrame() throws IOException {
    try (PeerServer server = PeerServer.start(connection -> connection.write("12345"));
        LineClient client = new LineClient(server.endpoint())) {
      Frames.endingIn(client, 0).withMaxBytes(4).read();
    }
  }

  private static void negativeLength() throws IOException {
    try (PeerServer server = PeerServer.start(connection -> connection.write(new byte[] {-1}));
        LineClient client = new LineClient(server.endpoint())) {
      Blocks.of(client).readSignedLength(1, ByteOrder.BIG_ENDIAN);
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
