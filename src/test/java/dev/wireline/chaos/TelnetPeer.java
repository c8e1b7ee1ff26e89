package dev.wireline.chaos;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of Telnet that wants something new with each answer, and agrees to nothing. */
final class TelnetPeer implements Peer {
  private static final int IAC = 255;
  private static final int SB = 250;
  private static final int SE = 240;
  private static final int WILL = 251;
  private static final int DO = 253;
  private static final int[] OPTIONS = {0, 1, 3, 24, 31, 39, 99};

  @Override
  public void talk(PeerConnection client) {
    try {
      boolean goesOn = true;
      for (int i = 0; goesOn; i++) {
        String line = line(client);
        goesOn = line != null && answer(client, line, i);
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }

  private static boolean answer(PeerConnection client, String line, int turn) throws IOException {
    Ask ask = Ask.parse(List.of(line.split(" ", -1)));
    int option = OPTIONS[turn % OPTIONS.length];
    client.write(new byte[] {(byte) IAC, (byte) (turn % 2 == 0 ? DO : WILL), (byte) option});
    return ask.ending().send(client, Item.bytes(LinePeer.reply(ask)), ask.cut());
  }

  /** A line without what is no text; null at the end. */
  private static @Nullable String line(PeerConnection client) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = client.read(); b != '\n'; b = client.read()) {
      if (b < 0) {
        return null;
      }
      if (b == IAC) {
        passOver(client);
      } else if (b != '\r') {
        line.write(b);
      }
    }
    return Item.text(line.toByteArray());
  }

  private static void passOver(PeerConnection client) throws IOException {
    int command = client.read();
    if (command > SB) {
      client.read();
    }
    for (int before = 0; command == SB; ) {
      int next = client.read();
      if (next < 0 || (before == IAC && next == SE)) {
        return;
      }
      before = before == IAC ? 0 : next;
    }
  }
}
