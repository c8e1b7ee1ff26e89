package dev.wireline.net;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Stands before a loopback port and hands its bytes on one by one, each in a write of its own. */
final class Trickle implements Peer {
  private final int port;

  Trickle(int port) {
    this.port = port;
  }

  @Override
  public void talk(PeerConnection client) throws Exception {
    Thread back;
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      back = new Thread(() -> drip(target, client), "trickle");
      back.start();
      client.input().transferTo(target.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone.
      return;
    }
    back.join();
  }

  private static void drip(Socket from, PeerConnection to) {
    try {
      InputStream input = from.getInputStream();
      for (int octet = input.read(); octet >= 0; octet = input.read()) {
        to.write(new byte[] {(byte) octet});
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two has gone.
      return;
    }
  }
}
