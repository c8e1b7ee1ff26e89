package dev.wireline.chaos;

import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.time.Duration;

/** How an answer ends: whole, or in the middle. */
enum Ending {
  WHOLE,
  CLOSE,
  RESET,
  /** Over TLS, without a close_notify. */
  CUT,
  STALL;

  private static final Duration HANG = Duration.ofSeconds(60);

  /**
   * Sends an answer up to a place.
   *
   * @return whether the connection goes on
   */
  boolean send(PeerConnection client, byte[] answer, int cut) throws IOException {
    if (this == WHOLE) {
      client.write(answer);
      return true;
    }
    byte[] part = new byte[Math.min(cut, answer.length - 1)];
    System.arraycopy(answer, 0, part, 0, part.length);
    client.write(part);
    switch (this) {
      case RESET -> client.reset();
      case CUT -> client.closeWithoutNotify();
      case STALL -> client.awaitClosedByPeer(HANG);
      default -> client.close();
    }
    return false;
  }
}
