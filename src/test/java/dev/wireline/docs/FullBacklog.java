package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts nobody and whose queue is full: a further client gets no answer at all. */
final class FullBacklog implements Closeable {
  private static final int MORE_THAN_THE_QUEUE_HOLDS = 8;

  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final List<SocketChannel> queue = new ArrayList<>();

  FullBacklog() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    for (int i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
      SocketChannel waiting = SocketChannel.open();
      queue.add(waiting);
      waiting.configureBlocking(false);
      waiting.connect(server.getLocalAddress());
    }
  }

  Endpoint endpoint() throws IOException {
    InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
    return Endpoint.tcp(address.getAddress().getHostAddress(), address.getPort());
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel waiting : queue) {
      waiting.close();
    }
    server.close();
  }
}
