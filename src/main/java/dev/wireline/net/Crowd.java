package dev.wireline.net;

import dev.wireline.internal.StackRoom;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads wait on one selector once the maximum number of selectors is reached: one thread selects
 * for all, and when its own wait ends the next one does. Thread-safe.
 *
 * <p>Only one thread at a time waits for each channel here, as there is a crowd for each direction. The key
 * stays with the selector, without interest, until the channel is closed.
 */
final class Crowd {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private final Consumer<SelectionKey> ready = new Consumer<>() {
    @Override
    public void accept(SelectionKey key) {
      wakeReady(key);
    }
  };
  private volatile @Nullable Selector selector;
  private volatile @Nullable Waiter leader;

  /** A thread in one wait. */
  static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;

    private void wake() {
      woken = true;
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits until one of the operations is ready, time is up, the thread is interrupted, or the waiter is
   * woken. May wake early.
   */
  void await(Waiter waiter, SocketChannel channel, long nanos, int operations) throws IOException {
    long start = System.nanoTime();
    StackRoom.checkForTwo();
    SelectionKey key = join(waiter, channel, operations);
    try {
      long left = nanos;
      while (left > 0 && !waiter.woken && !Thread.currentThread().isInterrupted()) {
        await(waiter, key.selector(), left);
        left = nanos - (System.nanoTime() - start);
      }
    } finally {
      leave(waiter, key);
    }
  }

  private void await(Waiter waiter, Selector selecting, long nanos) throws IOException {
    if (waiter == leader) {
      selecting.select(ready, Readiness.millis(nanos));
    } else {
      LockSupport.parkNanos(this, nanos);
    }
  }

  private SelectionKey join(Waiter waiter, SocketChannel channel, int operations)
      throws IOException {
    StackRoom.lock(lock);
    try {
      Selector joined = selector;
      if (joined == null) {
        joined = LocalFault.selector();
        selector = joined;
      }
      SelectionKey key = arm(joined, waiter, channel, operations);
      waiters.add(waiter);
      if (leader == null) {
        leader = waiter;
      } else {
        // The selecting thread sees the new key from its next round on.
        joined.wakeup();
      }
      return key;
    } finally {
      lock.unlock();
    }
  }

  private static SelectionKey arm(
      Selector joined, Waiter waiter, SocketChannel channel, int operations) throws IOException {
    SelectionKey key = channel.keyFor(joined);
    if (key == null) {
      return channel.register(joined, operations, waiter);
    }
    try {
      key.attach(waiter);
      key.interestOps(operations);
    } catch (CancelledKeyException e) {
      // Another thread closed the channel, which the waiter is told.
    }
    return key;
  }

  private void leave(Waiter waiter, SelectionKey key) {
    StackRoom.lock(lock);
    try {
      waiters.remove(waiter);
      disarm(key);
      if (waiter == leader) {
        Iterator<Waiter> others = waiters.iterator();
        Waiter next = others.hasNext() ? others.next() : null;
        leader = next;
        if (next != null) {
          LockSupport.unpark(next.thread);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static void disarm(SelectionKey key) {
    try {
      key.attach(null);
      key.interestOps(0);
    } catch (CancelledKeyException e) {
      // The channel was closed: there is nothing to be ready for.
    }
  }

  /** Under the lock, so that a key is never disarmed for the wait after the one being woken. */
  private void wakeReady(SelectionKey key) {
    StackRoom.lock(lock);
    try {
      Object waiter = key.attachment();
      disarm(key);
      if (waiter instanceof Waiter known) {
        known.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a waiter, even if it is the one that selects. */
  void wakeup(Waiter waiter) {
    waiter.wake();
    Selector selecting = selector;
    if (waiter == leader && selecting != null) {
      selecting.wakeup();
    }
  }

  /** After the close of a channel: wakes its waiter, and makes the selector release the descriptor. */
  void closed(@Nullable Waiter waiter) throws IOException {
    if (waiter != null) {
      waiter.wake();
    }
    Selector letting = selector;
    if (letting == null) {
      return;
    }
    StackRoom.lock(lock);
    try {
      if (leader == null) {
        letting.selectNow(ready);
      } else {
        letting.wakeup();
      }
    } finally {
      lock.unlock();
    }
  }
}
