package dev.wireline.net;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The selectors that stay open while nothing waits on them: those of the last waits, a fixed number in
 * the whole process. Thread-safe; without locks.
 *
 * <p>A selector takes two descriptors, a connection one. A connection that is used again and again keeps
 * its selector; of ten thousand in turn, each takes over the one that has rested longest. Descriptors
 * belong to the process, so this does too: it decides what a wait costs, and nothing else.
 */
final class WarmKeys {
  /** How many selectors stay open while nothing waits on them. */
  static final int MAX_RESTING = 64;

  static final WarmKeys OF_THE_PROCESS = new WarmKeys(MAX_RESTING);

  /** Those whose selectors may rest, in a ring: the hand stands at the one that came first. */
  private final AtomicReferenceArray<@Nullable Readiness> ring;

  private final AtomicInteger hand = new AtomicInteger();

  WarmKeys(int size) {
    ring = new AtomicReferenceArray<>(size);
  }

  /** Whether a place is still that of this one. */
  boolean holds(int place, Readiness resting) {
    return ring.get(place) == resting;
  }

  /** Gives the place that was given longest ago to another one; says who had it, or null. */
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

  /** A selector that can be had at once; null where all are waited on. For want of descriptors. */
  @Nullable
  Selector takeAny() {
    for (int i = 0; i < ring.length(); i++) {
      Readiness resting = ring.get(i);
      Selector selector = resting == null ? null : resting.giveUp();
      if (selector != null) {
        return selector;
      }
    }
    return null;
  }
}
