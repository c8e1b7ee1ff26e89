package dev.wireline.net;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The selectors of the process: how many there may be, and how many stay open while nothing waits on them,
 * namely those of the latest waits. Thread-safe; lock-free.
 *
 * <p>A selector takes two file descriptors, a connection one. A connection in constant use keeps its selector;
 * if ten thousand are used in turn, each takes over the one that has rested longest. Descriptors belong to the
 * process, so this does too; it only affects what a wait costs.
 */
final class WarmKeys {
  /** How many selectors stay open while nothing waits on them. */
  static final int MAX_RESTING = 64;

  /** How many selectors are open in all; further threads wait in a crowd, sharing one. */
  static final int MAX_OPEN = 256;

  static final WarmKeys OF_THE_PROCESS = new WarmKeys(MAX_RESTING, MAX_OPEN);

  /** Those whose selectors may rest, in a ring whose hand points at the oldest. */
  private final AtomicReferenceArray<@Nullable Readiness> ring;

  private final AtomicInteger hand = new AtomicInteger();

  private final AtomicInteger open = new AtomicInteger();
  private final int maxOpen;
  private final Crowd readers = new Crowd();
  private final Crowd writers = new Crowd();

  WarmKeys(int maxResting, int maxOpen) {
    this.ring = new AtomicReferenceArray<>(maxResting);
    this.maxOpen = maxOpen;
  }

  /** The threads that found no selector and wait for input. */
  Crowd readers() {
    return readers;
  }

  /** Those that wait for room for output. */
  Crowd writers() {
    return writers;
  }

  /** Whether this one still has its place. */
  boolean holds(int place, Readiness resting) {
    return ring.get(place) == resting;
  }

  /** Gives the oldest place to another one; returns who had it, or null. */
  @Nullable
  Readiness replaceOldest(Readiness next) {
    int place = Math.floorMod(hand.getAndIncrement(), ring.length());
    next.place(place);
    Readiness before = ring.getAndSet(place, next);
    return before == next ? null : before;
  }

  void remove(int place, Readiness gone) {
    ring.compareAndSet(place, gone, null);
  }

  /** A new selector, or null if the maximum is reached or there are no more descriptors. */
  @Nullable
  Selector open() {
    if (open.incrementAndGet() <= maxOpen) {
      try {
        return LocalFault.selector();
      } catch (IOException e) {
        // Too many files are open, which must not fail a wait.
      }
    }
    open.decrementAndGet();
    return null;
  }

  /** Closes a selector returned by {@link #open}. */
  void discard(Selector selector) {
    open.decrementAndGet();
    Closing.quietly(selector);
  }
}
