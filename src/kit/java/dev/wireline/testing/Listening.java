package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listening socket: TCP, or Unix-domain in a directory of its own. */
final class Listening {

  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;
  private final Endpoint endpoint;
  private final @Nullable Path directory;

  private Listening(ServerSocketChannel channel, Endpoint endpoint, @Nullable Path directory) {
    this.channel = channel;
    this.endpoint = endpoint;
    this.directory = directory;
  }

  /** Gives back the number of a port, or 0 for a free one. */
  static int checkPort(int number) {
    if (number < 0 || number > 65535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + number);
    }
    return number;
  }

  static Listening tcp(InetAddress address, int wanted) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(address, wanted), BACKLOG);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new Listening(channel, Endpoint.tcp(address.getHostAddress(), port), null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static Listening unix() throws IOException {
    Path directory = Files.createTempDirectory("wireline-");
    Path socket = directory.resolve("peer.sock").toAbsolutePath();
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      return new Listening(channel, Endpoint.unix(socket), directory);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
      throw e;
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Waits for a client; throws a ClosedChannelException when closed meanwhile. */
  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  void close() throws IOException {
    channel.close();
    if (directory != null) {
      Files.deleteIfExists(directory.resolve("peer.sock"));
      Files.deleteIfExists(directory);
    }
  }
}
