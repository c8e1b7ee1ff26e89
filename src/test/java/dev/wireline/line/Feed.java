package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.net.Deadline;
import dev.wireline.net.WireInput;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A peer that sends bytes in parts, each when the client asks for it with a line, and then hangs up.
 * So a test knows what a client has got when it reads.
 */
final class Feed implements Peer {
  private volatile List<byte[]> parts = List.of();

  void whole(byte[] bytes) {
    parts = List.of(bytes);
  }

  void cutAt(byte[] bytes, int position) {
    parts =
        List.of(Arrays.copyOf(bytes, position), Arrays.copyOfRange(bytes, position, bytes.length));
  }

  void byteByByte(byte[] bytes) {
    List<byte[]> single = new ArrayList<>();
    for (byte one : bytes) {
      single.add(new byte[] {one});
    }
    parts = single;
  }

  int size() {
    return parts.size();
  }

  @Override
  public void talk(PeerConnection connection) throws IOException {
    for (byte[] part : parts) {
      connection.readLine();
      connection.write(part);
    }
    connection.readLine();
  }

  /** Asks for a part and waits until the client has all of it unread. */
  void next(LineClient client, int part) throws IOException {
    WireInput input = client.wire().input();
    int wanted = input.buffered() + parts.get(part).length;
    client.writeLine("");
    while (input.buffered() < wanted) {
      input.fill(Integer.MAX_VALUE, Deadline.NEVER, Activity.READING);
    }
  }

  /** Asks for the end, or for a part while the client is at reading. */
  static void more(LineClient client) throws IOException {
    client.writeLine("");
  }
}
