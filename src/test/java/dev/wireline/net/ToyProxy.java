package dev.wireline.net;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** The other side of {@link ToyTunnel}: connects to a loopback port and carries the bytes. */
final class ToyProxy implements Peer {
  private final int glued;

  private ToyProxy(int glued) {
    this.glued = glued;
  }

  static ToyProxy carrying() {
    return new ToyProxy(0);
  }

  /** Sends that many of the target's first bytes in one write with its own answer. */
  static ToyProxy gluing(int count) {
    return new ToyProxy(count);
  }

  @Override
  public void talk(PeerConnection client) throws Exception {
    String question = client.readLine();
    if (question == null) {
      return;
    }
    int port = Integer.parseInt(question.substring(question.lastIndexOf(':') + 1));
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] first = target.getInputStream().readNBytes(glued);
      byte[] answer = new byte[3 + first.length];
      answer[0] = 'O';
      answer[1] = 'K';
      answer[2] = '\n';
      System.arraycopy(first, 0, answer, 3, first.length);
      client.write(answer);
      Thread back = new Thread(() -> carry(target, client), "toy-proxy");
      back.start();
      copy(client.input(), target.getOutputStream());
      target.shutdownOutput();
      back.join();
    } catch (SocketException e) {
      // The target or the client is gone: the tunnel ends with it.
      return;
    }
  }

  private static void carry(Socket from, PeerConnection to) {
    try {
      copy(from.getInputStream(), to.output());
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
      return;
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
    }
  }
}
