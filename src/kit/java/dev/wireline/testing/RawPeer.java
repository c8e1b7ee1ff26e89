package dev.wireline.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives the next answer to each request, whichever connection it comes on. */
final class RawPeer implements Peer {

  private final List<RawAnswer> answers;
  private final Guard guard = new Guard();
  private final List<RawRequest> requests = new ArrayList<>();

  RawPeer(List<RawAnswer> answers) {
    this.answers = answers;
  }

  @Override
  public void talk(PeerConnection connection) throws IOException, InterruptedException {
    try {
      RawRequest request = RequestReader.read(connection);
      while (request != null && answer(connection, take(request))) {
        request = RequestReader.read(connection);
      }
    } catch (ProtocolException e) {
      throw e;
    } catch (IOException e) {
      // The client hung up early, within a request or an answer: its own right.
      return;
    }
  }

  private RawAnswer take(RawRequest request) {
    return guard.changeAndGet(() -> {
      requests.add(request);
      return answers.get(Math.min(requests.size(), answers.size()) - 1);
    });
  }

  /** Answers; tells whether the connection is open for another request. */
  private static boolean answer(PeerConnection connection, RawAnswer answer)
      throws IOException, InterruptedException {
    answer.sendTo(connection);
    switch (answer.ending()) {
      case KEEP_OPEN -> {
        return true;
      }
      case CLOSE -> connection.close();
      case CUT -> connection.closeWithoutNotify();
      case RESET -> connection.reset();
      case HALF_CLOSE -> {
        connection.shutdownOutput();
        connection.input().transferTo(OutputStream.nullOutputStream());
      }
      case STALL -> connection.hold();
    }
    return false;
  }

  List<RawRequest> requests() {
    return guard.read(() -> List.copyOf(requests));
  }

  void awaitRequests(int count, Duration atMost) {
    if (!guard.awaitInTest(() -> requests.size() >= count, atMost)) {
      throw new AssertionError(
          requests().size() + " of " + count + " requests were received within " + atMost);
    }
  }
}
