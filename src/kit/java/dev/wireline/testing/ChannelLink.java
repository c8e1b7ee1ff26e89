package dev.wireline.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The lowest layer: a TCP or Unix-domain channel.
 *
 * <p>One thread may read while another writes; any thread may close.
 */
final class ChannelLink implements Link {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private final SocketChannel channel;
  private final boolean tcp;
  private final Selector readable;
  private final Selector writable;
  private final Guard guard = new Guard();

  private boolean closed;
  private long readsStarted;
  private long lastDryRead;
  private boolean ended;
  private long readDeadline;
  private boolean hasReadDeadline;

  private ChannelLink(SocketChannel channel, Selector readable, Selector writable)
      throws IOException {
    this.channel = channel;
    this.readable = readable;
    this.writable = writable;
    this.tcp = channel.getLocalAddress() instanceof InetSocketAddress;
  }

  /** Takes a connected channel over; when that fails the channel is closed. */
  static ChannelLink over(SocketChannel channel) throws IOException {
    Selector readable = null;
    Selector writable = null;
    try {
      channel.configureBlocking(false);
      readable = Selector.open();
      writable = Selector.open();
      channel.register(readable, SelectionKey.OP_READ);
      channel.register(writable, SelectionKey.OP_WRITE);
      ChannelLink link = new ChannelLink(channel, readable, writable);
      if (link.tcp) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return link;
    } catch (IOException e) {
      channel.close();
      if (readable != null) {
        readable.close();
      }
      if (writable != null) {
        writable.close();
      }
      throw e;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    try {
      while (true) {
        guard.change(() -> readsStarted++);
        int count = channel.read(buffer);
        if (count > 0) {
          return count;
        }
        if (count < 0) {
          guard.change(() -> ended = true);
          return -1;
        }
        guard.change(() -> lastDryRead = readsStarted);
        awaitInput();
      }
    } catch (IOException e) {
      if (!(e instanceof SocketTimeoutException)) {
        guard.change(() -> ended = true);
      }
      throw e;
    }
  }

  private void awaitInput() throws IOException {
    if (!hasReadDeadline) {
      select(readable, 0);
      return;
    }
    long left = readDeadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("nothing came in time");
    }
    // Rounded up: a wait of 0 ms would be one for ever, and one that is cut short a busy loop.
    select(readable, Duration.ofNanos(left).toMillis() + 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        select(writable, 0);
      }
    }
  }

  private void select(Selector selector, long millis) throws IOException {
    try {
      selector.select(millis);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      throw closedMeanwhile(e);
    }
    if (!channel.isOpen()) {
      throw new AsynchronousCloseException();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private static ClosedChannelException closedMeanwhile(ClosedSelectorException e) {
    ClosedChannelException closed = new AsynchronousCloseException();
    closed.initCause(e);
    return closed;
  }

  /** Makes reads fail with a SocketTimeoutException once this time has passed from now. */
  void limitReads(Duration atMost) {
    readDeadline = System.nanoTime() + Guard.nanos(atMost);
    hasReadDeadline = true;
  }

  /** Lets reads wait for ever again. */
  void unlimitReads() {
    hasReadDeadline = false;
  }

  /**
   * Waits until the thread that reads has taken every byte that had arrived before the call.
   *
   * <p>Gives false when the time ran out before.
   */
  boolean awaitDry(Duration atMost) {
    long before = guard.read(() -> readsStarted);
    readable.wakeup();
    return guard.awaitInTest(() -> lastDryRead > before || ended || closed, atMost);
  }

  /** Waits until the connection was closed on this side. */
  void awaitClosed() throws InterruptedException {
    guard.await(() -> closed);
  }

  /** Waits until the connection was closed on this side, or the time ran out. */
  void awaitClosed(Duration atMost) throws InterruptedException {
    guard.await(() -> closed, atMost);
  }

  /**
   * Waits until the connection is over in both directions, as a TCP reset makes it.
   *
   * <p>Gives false when the time ran out before, it was closed on this side, or it is not of TCP.
   */
  boolean awaitOver(Duration atMost) throws IOException, InterruptedException {
    if (!tcp) {
      return false;
    }
    long end = System.nanoTime() + Guard.nanos(atMost);
    try (Selector over = Selector.open()) {
      // Nothing but its end makes a connected channel ready for this.
      channel.register(over, SelectionKey.OP_CONNECT);
      while (over.selectNow() == 0) {
        if (System.nanoTime() - end >= 0 || isClosed()) {
          return false;
        }
        awaitClosed(BETWEEN_LOOKS);
      }
      return true;
    }
  }

  boolean isClosed() {
    return guard.read(() -> closed);
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Closes with a TCP reset; a Unix-domain socket has none and is closed. */
  void reset() throws IOException {
    if (tcp && channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      // A registered channel keeps its descriptor until its selectors are closed too.
      readable.close();
      writable.close();
      guard.change(() -> closed = true);
    }
  }
}
