package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that refuses every connection, and that nobody else can come to listen on. */
final class ClosedPort implements Closeable {
  private final Socket held = new Socket();
  private final String address;

  private ClosedPort(String address) throws IOException {
    this.address = address;
    held.bind(new InetSocketAddress(address, 0));
  }

  static ClosedPort on(String address) throws IOException {
    return new ClosedPort(address);
  }

  int port() {
    return held.getLocalPort();
  }

  Endpoint endpoint() {
    return Endpoint.tcp(address, port());
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
