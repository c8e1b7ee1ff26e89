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
 * The wait for one direction of a channel: a key with a selector, acquired for a wait and kept afterwards until
 * another connection needs it more. If all selectors are taken, the thread waits in a {@link Crowd}.
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
      // The single key says nothing that the next read or write would not say.
    }
  };

  private final SocketChannel channel;
  private final WarmKeys warm;
  private final Crowd crowd;

  /** The key while nothing waits. Whoever takes it out has the selector to itself. */
  private final AtomicReference<@Nullable SelectionKey> resting = new AtomicReference<>();

  /** The key while a thread waits, for a close. */
  private volatile @Nullable SelectionKey waiting;

  /** The wait of a thread that found no selector for itself, for a close. */
  private volatile Crowd.@Nullable Waiter among;

  /** Whether the channel was in the crowd, whose selector must let go of it. */
  private volatile boolean gathered;

  private volatile boolean closed;

  /** Whether a wait, which may not have begun, must end early. */
  private volatile boolean woken;

  private int place;

  /**
   * The wait for a direction.
   *
   * @param warm where selectors come from
   * @param crowd where threads wait when there are no more selectors
   */
  Readiness(SocketChannel channel, WarmKeys warm, Crowd crowd) {
    this.channel = channel;
    this.warm = warm;
    this.crowd = crowd;
  }

  /**
   * Waits until one of the operations is ready, time is up, the thread is interrupted, or this is
   * closed. May wake early.
   */
  void await(long nanos, int operations) throws IOException {
    SelectionKey key = resting.getAndSet(null);
    if (key == null) {
      Selector selector = selector();
      if (selector == null) {
        awaitAmongOthers(nanos, operations);
        return;
      }
      key = register(selector, operations);
    }
    waiting = key;
    try {
      // A close or a wakeup raises its flag before it looks for a waiting thread.
      if (!closed && !woken) {
        select(key, nanos, operations);
      }
    } finally {
      waiting = null;
      woken = false;
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
      // Another thread closed the channel, which the waiting thread checks next.
    } catch (ClosedSelectorException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private void awaitAmongOthers(long nanos, int operations) throws IOException {
    Crowd.Waiter waiter = new Crowd.Waiter();
    gathered = true;
    among = waiter;
    try {
      // As above.
      if (!closed && !woken) {
        crowd.await(waiter, channel, nanos, operations);
      }
    } finally {
      among = null;
      woken = false;
    }
  }

  /** Ends another thread's wait early; if none waits, the next one. */
  void wakeup() {
    woken = true;
    SelectionKey awaited = waiting;
    if (awaited != null) {
      awaited.selector().wakeup();
    }
    Crowd.Waiter waiter = among;
    if (waiter != null) {
      crowd.wakeup(waiter);
    }
  }

  private SelectionKey register(Selector selector, int operations) throws IOException {
    try {
      return channel.register(selector, operations);
    } catch (IOException | RuntimeException | Error e) {
      warm.discard(selector);
      throw e;
    }
  }

  /** The selector that has rested longest if the maximum rest, else a new one; null if there is none. */
  private @Nullable Selector selector() throws IOException {
    Readiness before = warm.replaceOldest(this);
    Selector free = before == null ? null : before.giveUp();
    return free != null ? free : warm.open();
  }

  /** The selector, without a key; null if a thread waits on it or there is none. */
  private @Nullable Selector giveUp() {
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
      warm.discard(selector);
      return null;
    }
  }

  /** After the wait: a close that saw it waiting closes the selector, which then belongs to nobody else. */
  private void rest(SelectionKey key) {
    if (closed) {
      warm.discard(key.selector());
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

  /** Rounded up, so that a wait never ends early; at most an hour, since callers loop. */
  static long millis(long nanos) {
    return Math.min(LONGEST, Math.max(1, nanos / MILLI + (nanos % MILLI == 0 ? 0 : 1)));
  }

  private void closeResting() {
    SelectionKey key = resting.getAndSet(null);
    if (key != null) {
      warm.discard(key.selector());
    }
  }

  /** Closes the selector, unless a thread waits on it. */
  void release() {
    warm.remove(place, this);
    closeResting();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    SelectionKey awaited = waiting;
    if (awaited != null) {
      // Wakes it; its thread discards it.
      Closing.quietly(awaited.selector());
    }
    release();
    if (gathered) {
      crowd.closed(among);
    }
  }
}
