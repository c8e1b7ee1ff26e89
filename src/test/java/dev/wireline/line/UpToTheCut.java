package dev.wireline.line;

import dev.wireline.testing.PeerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a peer gets of something in bulk that is given up, before the reset that tells it so. */
final class UpToTheCut {
  private UpToTheCut() {}

  static byte[] read(PeerConnection peer) {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try {
      peer.input().transferTo(came);
    } catch (IOException e) {
      return came.toByteArray();
    }
    throw new AssertionError("an end in peace after " + came);
  }
}
