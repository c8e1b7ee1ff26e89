package dev.wireline.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a channel is made before it is connected. Immutable. */
record SocketSettings(@Nullable InetAddress localAddress, Map<SocketOption<?>, Object> options) {

  SocketSettings {
    options = Map.copyOf(options);
  }

  /** Opens a non-blocking channel for the address; closes it again if a setting fails. */
  SocketChannel open(SocketAddress address) throws IOException {
    boolean unix = address instanceof UnixDomainSocketAddress;
    SocketChannel channel = unix ? LocalFault.unixSocket() : LocalFault.socket();
    try {
      if (unix) {
        channel.configureBlocking(false);
        return channel;
      }
      prepare(channel);
      if (localAddress != null) {
        channel.bind(new InetSocketAddress(localAddress, 0));
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      Closing.quietly(channel);
      throw e;
    }
  }

  /** Sets up a TCP channel, even an accepted one. */
  void prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
      set(channel, option.getKey(), option.getValue());
    }
  }

  private static <T> void set(SocketChannel channel, SocketOption<T> option, Object value)
      throws IOException {
    channel.setOption(option, option.type().cast(value));
  }
}
