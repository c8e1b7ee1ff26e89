package dev.wireline.net;

import dev.wireline.internal.StackRoom;
import dev.wireline.internal.TimeText;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The race of RFC 8305 between the addresses of one name, run by the calling thread on one selector.
 *
 * <p>Addresses alternate between IPv6 and IPv4; the next attempt starts 250 ms after the one before, or at once
 * if that one failed, and earlier ones go on. The first that connects wins and the others are closed.
 */
final class Race implements Closeable {
  static final long ATTEMPT_DELAY_NANOS = 250_000_000;

  private final ReentrantLock guard = new ReentrantLock();
  private final Selector selector;
  private final SocketSettings settings;
  private final Iterator<InetSocketAddress> waiting;
  private final List<IOException> failures = new ArrayList<>();
  private int running;
  private volatile boolean closed;

  Race(List<InetAddress> addresses, int port, SocketSettings settings) throws IOException {
    this.settings = settings;
    this.waiting = inTurn(addresses, port).iterator();
    this.selector = LocalFault.selector();
  }

  /** The addresses, alternating between IPv6 and IPv4, each family in its own order. */
  static List<InetSocketAddress> inTurn(List<InetAddress> addresses, int port) {
    List<InetSocketAddress> six = new ArrayList<>();
    List<InetSocketAddress> four = new ArrayList<>();
    for (InetAddress address : addresses) {
      (address instanceof Inet6Address ? six : four).add(new InetSocketAddress(address, port));
    }
    List<InetSocketAddress> turns = new ArrayList<>(addresses.size());
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) {
        turns.add(six.get(i));
      }
      if (i < four.size()) {
        turns.add(four.get(i));
      }
    }
    return turns;
  }

  /**
   * Runs until one connects.
   *
   * @return the winner, or null if all failed, the deadline passed, the thread was interrupted, or
   *     this was closed; the caller tells these apart by its own flags and {@link #failures()}
   */
  @Nullable
  SocketChannel run(Deadline deadline) throws IOException {
    while (!closed && !Thread.currentThread().isInterrupted()) {
      SocketChannel immediate = startNext(deadline);
      if (immediate != null) {
        return immediate;
      }
      if (running == 0 && !waiting.hasNext()) {
        return null;
      }
      SocketChannel winner = awaitWinner(deadline);
      if (winner != null || deadline.isExpired()) {
        return winner;
      }
    }
    return null;
  }

  private @Nullable SocketChannel startNext(Deadline deadline) throws IOException {
    while (waiting.hasNext() && !closed && !deadline.isExpired()) {
      InetSocketAddress address = waiting.next();
      try {
        return start(address);
      } catch (IOException | UnsupportedAddressTypeException e) {
        // An IPv6 address, or a local one, is unsupported if the JVM has only IPv4.
        failures.add(failure(address, e, 0));
      }
    }
    return null;
  }

  /** Starts an attempt; returns the channel if it is connected at once. */
  private @Nullable SocketChannel start(InetSocketAddress address) throws IOException {
    SocketChannel channel = settings.open(address);
    try {
      if (channel.connect(address)) {
        return channel;
      }
      channel.register(selector, SelectionKey.OP_CONNECT, new Attempt(address));
      running++;
      return null;
    } catch (IOException | RuntimeException e) {
      Closing.quietly(channel);
      throw e;
    }
  }

  /** Waits until one connects, one fails and another can be tried, or the next one is due. */
  private @Nullable SocketChannel awaitWinner(Deadline deadline) throws IOException {
    long turn = System.nanoTime() + ATTEMPT_DELAY_NANOS;
    while (!closed && !Thread.currentThread().isInterrupted()) {
      long nanos = deadline.remainingNanos();
      if (waiting.hasNext()) {
        nanos = Math.min(nanos, turn - System.nanoTime());
      }
      if (nanos <= 0) {
        return null;
      }
      selector.select(Math.max(1, Math.min(nanos, Long.MAX_VALUE / 2) / 1_000_000 + 1));
      if (closed) {
        return null;
      }
      int before = failures.size();
      SocketChannel winner = finish();
      if (winner != null || failures.size() > before) {
        return winner;
      }
    }
    return null;
  }

  private @Nullable SocketChannel finish() {
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      SocketChannel channel = (SocketChannel) key.channel();
      Attempt attempt = (Attempt) key.attachment();
      try {
        if (channel.finishConnect()) {
          key.cancel();
          return channel;
        }
      } catch (IOException e) {
        running--;
        Closing.quietly(channel);
        failures.add(failure(attempt.address, e, System.nanoTime() - attempt.start));
      }
    }
    return null;
  }

  private static IOException failure(InetSocketAddress address, Exception e, long nanos) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String text = AddressText.of(address) + ": " + reason + " after " + TimeText.of(nanos);
    return new AttemptException(text, e);
  }

  /** The failures so far, in order, each with its address. */
  List<IOException> failures() {
    return failures;
  }

  /** Records the attempts still under way as failures, for the exception that ends the race. */
  void giveUp() {
    for (SelectionKey key : selector.keys()) {
      Attempt attempt = (Attempt) key.attachment();
      if (key.isValid()) {
        String waited = TimeText.of(System.nanoTime() - attempt.start);
        failures.add(new AttemptException(
            AddressText.of(attempt.address) + ": no answer after " + waited, null));
      }
    }
  }

  /** Wakes the racing thread, from another one. A selector that is gone must not be woken. */
  @Override
  public void close() {
    closed = true;
    StackRoom.lock(guard);
    try {
      if (selector.isOpen()) {
        selector.wakeup();
      }
    } finally {
      guard.unlock();
    }
  }

  /** Ends the race: closes every attempt except the winner. */
  void end(@Nullable SocketChannel winner) {
    StackRoom.lock(guard);
    try {
      for (SelectionKey key : selector.keys()) {
        if (key.channel() != winner) {
          Closing.quietly(key.channel());
        }
      }
      Closing.quietly(selector);
    } finally {
      guard.unlock();
    }
  }

  private static final class Attempt {
    private final InetSocketAddress address;
    private final long start = System.nanoTime();

    Attempt(InetSocketAddress address) {
      this.address = address;
    }
  }
}
