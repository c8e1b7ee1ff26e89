package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A listening socket whose backlog is full and who never accepts: a connect gets no answer. */
final class BlackHole implements Closeable {
  private static final int BACKLOG = 1;

  private final ServerSocketChannel server;
  private final List<SocketChannel> waiting = new ArrayList<>();
  private final Endpoint endpoint;

  private BlackHole(ServerSocketChannel server, Endpoint endpoint) throws IOException {
    this.server = server;
    this.endpoint = endpoint;
    SocketAddress address = server.getLocalAddress();
    // The kernel keeps one connection more than the backlog says.
    for (int i = 0; i <= BACKLOG; i++) {
      waiting.add(SocketChannel.open(address));
    }
  }

  /** On a free port. */
  static BlackHole tcp(String address) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(address, 0), BACKLOG);
    int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    return new BlackHole(server, Endpoint.tcp(address, port));
  }

  static BlackHole unix(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
    return new BlackHole(server, Endpoint.unix(path));
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int port() {
    return endpoint.port();
  }

  /** Takes those that wait in the backlog, so that there is room for others. */
  void makeRoom() throws IOException {
    for (int i = 0; i <= BACKLOG; i++) {
      server.accept().close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : waiting) {
      channel.close();
    }
  }
}
