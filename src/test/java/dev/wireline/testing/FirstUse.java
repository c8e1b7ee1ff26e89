package dev.wireline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Makes the JDK open what it keeps for itself: something for the first close of a channel, and the pollers
 * of virtual threads, one for those that wait to read and one for those that wait to write.
 *
 * <p>A class of its own, for {@link Leftovers} is not ready before these threads have ended.
 */
final class FirstUse {

  /** More than the buffers of a connection hold on this machine. */
  private static final int MUCH = 16 << 20;

  private static final long SOON_NANOS = 20_000_000_000L;

  private FirstUse() {}

  static void run() {
    for (ThreadKind kind : ThreadKind.available()) {
      join(kind.start(FirstUse::useChannels));
      if (kind == ThreadKind.VIRTUAL) {
        waitForPeers();
      }
    }
  }

  private static void useChannels() {
    try (Selector selector = Selector.open()) {
      DatagramChannel.open().close();
      SocketChannel.open().close();
      selector.select(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitForPeers() {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(free);
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        SocketChannel peer = listening.accept()) {
      Thread reader = startWaiting(() -> read(client, 1));
      peer.write(ByteBuffer.allocate(1));
      join(reader);
      Thread writer = startWaiting(() -> write(client, MUCH));
      read(peer, MUCH);
      join(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a virtual thread, and comes back when it waits. */
  private static Thread startWaiting(Runnable step) {
    Thread thread = ThreadKind.VIRTUAL.start(step);
    long end = System.nanoTime() + SOON_NANOS;
    while (thread.getState() != Thread.State.WAITING) {
      if (!thread.isAlive() || System.nanoTime() - end > 0) {
        throw new AssertionError("the thread does not wait: " + thread);
      }
      Caller.pause();
    }
    return thread;
  }

  private static void read(SocketChannel channel, int count) {
    try {
      ByteBuffer some = ByteBuffer.allocate(64 * 1024);
      for (int left = count; left > 0; left -= some.position()) {
        some.clear().limit(Math.min(left, some.capacity()));
        channel.read(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(SocketChannel channel, int count) {
    try {
      ByteBuffer some = ByteBuffer.allocate(64 * 1024);
      for (int left = count; left > 0; left -= some.position()) {
        some.clear().limit(Math.min(left, some.capacity()));
        channel.write(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
