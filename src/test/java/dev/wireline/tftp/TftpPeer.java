package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.Caller;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A server that a test plays: it listens at one port and speaks from another, as TFTP servers do. */
final class TftpPeer implements AutoCloseable {
  private static final int SOON_MILLIS = 20_000;
  private static final int LOOK_MILLIS = 20;

  private final DatagramSocket listening;
  private final DatagramSocket speaking;
  private final Caller<Boolean> playing;
  private SocketAddress client = new InetSocketAddress(0);

  /** What the server does. */
  interface Part {
    void play(TftpPeer peer) throws Exception;
  }

  private TftpPeer(Part part) throws IOException {
    listening = socket();
    speaking = socket();
    playing = Caller.start(() -> {
      part.play(this);
      return true;
    });
  }

  static TftpPeer start(Part part) throws IOException {
    return new TftpPeer(part);
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(SOON_MILLIS);
    return socket;
  }

  Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", listening.getLocalPort());
  }

  /** The next request, at the port that everybody knows. */
  byte[] request() throws IOException {
    return take(listening);
  }

  /** The next packet, at the port of the transfer. */
  byte[] receive() throws IOException {
    return take(speaking);
  }

  private byte[] take(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    client = packet.getSocketAddress();
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /** Whether nothing comes for a while. */
  boolean hearsNothing(int millis) throws IOException {
    speaking.setSoTimeout(millis);
    try {
      take(speaking);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      speaking.setSoTimeout(SOON_MILLIS);
    }
  }

  /** Whether a packet is among those that have come. */
  boolean hears(byte[] packet) throws IOException {
    speaking.setSoTimeout(LOOK_MILLIS);
    try {
      while (!Arrays.equals(take(speaking), packet)) {
        // Another one.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      speaking.setSoTimeout(SOON_MILLIS);
    }
  }

  void send(byte[] packet) throws IOException {
    speaking.send(new DatagramPacket(packet, packet.length, client));
  }

  /** Says something from a port that is nobody's, and gives the answer. */
  byte[] intrude(byte[] packet) throws IOException {
    try (DatagramSocket stranger = socket()) {
      stranger.send(new DatagramPacket(packet, packet.length, client));
      DatagramPacket answer = new DatagramPacket(new byte[600], 600);
      stranger.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  /** Waits for the end of the part, and fails as it did. */
  void verify() throws Exception {
    playing.result();
  }

  @Override
  public void close() {
    listening.close();
    speaking.close();
  }
}
