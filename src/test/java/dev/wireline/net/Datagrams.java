package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A UDP socket that the test itself reads and writes, for what no server does by itself. */
final class Datagrams implements Closeable {
  private static final int MOST_MILLIS = 20_000;

  private final DatagramSocket socket;
  private final String address;

  private Datagrams(String address, int port) throws IOException {
    this.address = address;
    socket = new DatagramSocket(new InetSocketAddress(address, port));
    socket.setSoTimeout(MOST_MILLIS);
  }

  static Datagrams on(String address) throws IOException {
    return new Datagrams(address, 0);
  }

  static Datagrams on(String address, int port) throws IOException {
    return new Datagrams(address, port);
  }

  /** A port that is taken and refuses every datagram: it hears another port alone. */
  static Datagrams refusing(String address) throws IOException {
    Datagrams refusing = new Datagrams(address, 0);
    refusing.socket.connect(new InetSocketAddress(address, 9));
    return refusing;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Endpoint endpoint() {
    return Endpoint.tcp(address, port());
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Waits for the next datagram; its data is all of it. */
  DatagramPacket receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
    socket.receive(packet);
    packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
    return packet;
  }

  /** Waits for a datagram that says this; one that a slow machine made a client repeat is skipped. */
  DatagramPacket receive(String wanted) throws IOException {
    DatagramPacket packet = receive();
    while (!text(packet.getData()).equals(wanted)) {
      packet = receive();
    }
    return packet;
  }

  /** Answers a datagram, whenever it came. */
  void answer(DatagramPacket request, String answer) throws IOException {
    byte[] bytes = bytes(answer);
    socket.send(new DatagramPacket(bytes, bytes.length, request.getSocketAddress()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
