package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait for one direction of a channel: a key with a selector, had for the time of a wait and kept
 * afterwards until another connection needs it more.
 *
 * <p>One thread waits; {@code close} and {@code release} may come from any. Closing the channel alone
 * would neither wake the waiting selector nor free the descriptor, so the selector is closed with it.
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
  private final WarmKeys warm;

  /** The key while nothing waits. Who takes it out has the selector to itself. */
  private final AtomicReference<@Nullable SelectionKey> resting = new AtomicReference<>();

  /** The key while a thread waits, for a close. */
  private volatile @Nullable SelectionKey waiting;

  private volatile boolean closed;
  private int place;

  Readiness(SocketChannel channel) {
    this(channel, WarmKeys.OF_THE_PROCESS);
  }

  Readiness(SocketChannel channel, WarmKeys warm) {
    this.channel = channel;
    this.warm = warm;
  }

  /**
   * Waits until one of the operations is ready, time is up, the thread is interrupted, or this is
   * closed. May wake early.
   */
  void await(long nanos, int operations) throws IOException {
    SelectionKey key = resting.getAndSet(null);
    if (key == null) {
      key = register(operations);
    }
    waiting = key;
    try {
      // A close raises its flag before it looks for who waits.
      if (!closed) {
        select(key, nanos, operations);
      }
    } finally {
      waiting = null;
      rest(key);
    }
  }

  private void select(SelectionKey key, long nanos, int operations) throws IOException {
    try {
      if (key.interestOps() != operations) {
        key.interestOps(operations);
      }
      key.selector().select(IGNORED, millis(nanos));
    } catch (CancelledKeyException e) {
      // The channel was closed from another thread: whoever waits looks at that next.
    } catch (ClosedSelectorException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private SelectionKey register(int operations) throws IOException {
    Selector selector = selector();
    try {
      return channel.register(selector, operations);
    } catch (IOException | RuntimeException | Error e) {
      Closing.quietly(selector);
      throw e;
    }
  }

  /** That of who has rested longest, where there are as many as may be; else a new one. */
  private Selector selector() throws IOException {
    Readiness before = warm.replaceOldest(this);
    Selector free = before == null ? null : before.giveUp();
    if (free != null) {
      return free;
    }
    try {
      return Selector.open();
    } catch (IOException e) {
      // Too many files are open, likely.
      Selector any = warm.takeAny();
      if (any == null) {
        throw e;
      }
      return any;
    }
  }

  /** The selector, with no key; null where a thread waits on it or there is none. */
  @Nullable
  Selector giveUp() {
    SelectionKey key = resting.getAndSet(null);
    if (key == null) {
      return null;
    }
    Selector selector = key.selector();
    try {
      key.cancel();
      // A key that was only cancelled would keep the descriptor of a channel that is closed now.
      selector.selectNow();
      return selector;
    } catch (IOException | ClosedSelectorException e) {
      Closing.quietly(selector);
      return null;
    }
  }

  /** After the wait: a close that saw it waiting closes the selector, which then is nobody else's. */
  private void rest(SelectionKey key) {
    if (closed) {
      Closing.quietly(key.selector());
      return;
    }
    resting.set(key);
    if (!warm.holds(place, this)) {
      Readiness before = warm.replaceOldest(this);
      if (before != null) {
        before.closeResting();
      }
    }
    if (closed) {
      release();
    }
  }

  void place(int value) {
    place = value;
  }

  /** Rounded up, so that a wait never ends before its time; cut to an hour, for callers loop. */
  static long millis(long nanos) {
    return Math.min(LONGEST, Math.max(1, nanos / MILLI + (nanos % MILLI == 0 ? 0 : 1)));
  }

  private void closeResting() {
    SelectionKey key = resting.getAndSet(null);
    if (key != null) {
      Closing.quietly(key.selector());
    }
  }

  /** Closes the selector, unless a thread waits on it. */
  void release() {
    warm.remove(place, this);
    closeResting();
  }

  @Override
  public void close() {
    closed = true;
    SelectionKey awaited = waiting;
    if (awaited != null) {
      Closing.quietly(awaited.selector());
    }
    release();
  }
}
