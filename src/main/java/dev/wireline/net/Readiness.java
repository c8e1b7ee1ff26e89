package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait for one direction of a channel: a selector that is made when first needed.
 *
 * <p>One thread waits; {@code close} may come from any. Closing the channel alone would neither wake
 * the waiting selector nor free the descriptor, so the selector is closed with it.
 */
final class Readiness implements Closeable {
  private static final long MILLI = 1_000_000;
  private static final long LONGEST = 3_600_000;
  private static final Consumer<SelectionKey> IGNORED = new Consumer<>() {
    @Override
    public void accept(SelectionKey key) {
      // The one key says nothing that the next read or write would not say.
    }
  };

  private final SocketChannel channel;
  private volatile @Nullable Selector selector;
  private @Nullable SelectionKey key;
  private volatile boolean closed;

  Readiness(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until one of the operations is ready, time is up, the thread is interrupted, or this is
   * closed. May wake early.
   */
  void await(long nanos, int operations) throws IOException {
    try {
      Selector waiting = selector;
      SelectionKey registered = key;
      if (waiting == null || registered == null) {
        waiting = open(operations);
      } else if (registered.interestOps() != operations) {
        registered.interestOps(operations);
      }
      waiting.select(IGNORED, millis(nanos));
    } catch (CancelledKeyException e) {
      // The channel was closed from another thread: whoever waits looks at that next.
    } catch (ClosedSelectorException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private Selector open(int operations) throws IOException {
    Selector opened = LocalFault.selector();
    try {
      key = channel.register(opened, operations);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    selector = opened;
    if (closed) {
      opened.close();
    }
    return opened;
  }

  /** Rounded up, so that a wait never ends before its time; cut to an hour, for callers loop. */
  static long millis(long nanos) {
    return Math.min(LONGEST, Math.max(1, nanos / MILLI + (nanos % MILLI == 0 ? 0 : 1)));
  }

  void release() throws IOException {
    Selector released = selector;
    if (released != null) {
      selector = null;
      key = null;
      released.close();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    release();
  }
}
