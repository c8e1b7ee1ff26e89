package dev.wireline.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool that nobody uses. Guarded by the pool; times are its age in nanoseconds.
 *
 * <p>A use costs the same however many there are: each key has a queue of its own, and who is too old or
 * has cooled is looked for from the longest unused on, up to the first that has not.
 */
final class IdleWires {
  /** How many are closed for their age, and how many cool, in one go: one call adds one at the most. */
  static final int TIDIED_AT_ONCE = 8;

  private final Map<PoolKey, Deque<KeptWire>> byKey = new HashMap<>();

  /** All of them, the longest unused first. */
  private final Set<KeptWire> byAge = new LinkedHashSet<>();

  /** Those that keep their buffers and selectors, the longest unused first. */
  private final Set<KeptWire> warm = new LinkedHashSet<>();

  void add(KeptWire wire, long now) {
    wire.rest(now);
    Deque<KeptWire> same = byKey.get(wire.key());
    if (same == null) {
      same = new ArrayDeque<>(1);
      byKey.put(wire.key(), same);
    }
    same.addLast(wire);
    byAge.add(wire);
    warm.add(wire);
  }

  int size() {
    return byAge.size();
  }

  /** The last used one with a key, whose peer is the least likely to have closed it; or null. It stays here. */
  @Nullable
  KeptWire newest(PoolKey key, long now) {
    Deque<KeptWire> same = byKey.get(key);
    Iterator<KeptWire> newestFirst =
        same == null ? List.<KeptWire>of().iterator() : same.descendingIterator();
    while (newestFirst.hasNext()) {
      KeptWire kept = newestFirst.next();
      if (!kept.isTooOld(now)) {
        return kept;
      }
    }
    return null;
  }

  /** The longest unused one, or null. It stays here. */
  @Nullable
  KeptWire oldest() {
    return first(byAge);
  }

  /** Takes all with a key out. */
  void takeAll(PoolKey key, Consumer<KeptWire> into) {
    Deque<KeptWire> same = byKey.remove(key);
    if (same != null) {
      for (KeptWire kept : same) {
        byAge.remove(kept);
        warm.remove(kept);
        into.accept(kept);
      }
    }
  }

  void takeAll(Consumer<KeptWire> into) {
    byAge.forEach(into);
    byKey.clear();
    byAge.clear();
    warm.clear();
  }

  /** Does nothing if it was taken meanwhile. Takes no memory. */
  void remove(KeptWire kept) {
    Deque<KeptWire> same = byKey.get(kept.key());
    if (same != null && same.removeLastOccurrence(kept) && same.isEmpty()) {
      byKey.remove(kept.key());
    }
    byAge.remove(kept);
    warm.remove(kept);
  }

  /** Takes out some that are too old. */
  void takeOld(long now, Consumer<KeptWire> into) {
    KeptWire oldest = first(byAge);
    for (int taken = 0; oldest != null && oldest.isTooOld(now) && taken < TIDIED_AT_ONCE; taken++) {
      remove(oldest);
      into.accept(oldest);
      oldest = first(byAge);
    }
  }

  /** Finds some that have idled a while, to be parked; they stay here. */
  List<KeptWire> takeCooled(long now) {
    KeptWire oldest = first(warm);
    if (oldest == null || !oldest.isWarmNoMore(now)) {
      return List.of();
    }
    List<KeptWire> cooled = new ArrayList<>();
    while (oldest != null && oldest.isWarmNoMore(now) && cooled.size() < TIDIED_AT_ONCE) {
      warm.remove(oldest);
      cooled.add(oldest);
      oldest = first(warm);
    }
    return cooled;
  }

  private static @Nullable KeptWire first(Set<KeptWire> wires) {
    Iterator<KeptWire> all = wires.iterator();
    return all.hasNext() ? all.next() : null;
  }
}
