package dev.wireline.pool;

import dev.wireline.net.Wire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool that nobody uses. Guarded by the pool.
 *
 * <p>A use costs the same however many there are: each key has a queue of its own, and who is too old or
 * has cooled is looked for from the longest unused on, up to the first that has not.
 */
final class IdleWires {
  private final Map<PoolKey, Deque<KeptWire>> byKey = new HashMap<>();

  /** All of them, the longest unused first. */
  private final Set<KeptWire> byAge = new LinkedHashSet<>();

  /** Those that keep their buffers and selectors, the longest unused first. */
  private final Set<KeptWire> warm = new LinkedHashSet<>();

  void add(KeptWire wire) {
    wire.rest();
    Deque<KeptWire> same = byKey.get(wire.key());
    if (same == null) {
      same = new ArrayDeque<>();
      byKey.put(wire.key(), same);
    }
    same.addLast(wire);
    byAge.add(wire);
    warm.add(wire);
  }

  int size() {
    return byAge.size();
  }

  /** The last used one with a key, whose peer is the least likely to have closed it; or null. */
  @Nullable
  KeptWire take(PoolKey key) {
    Deque<KeptWire> same = byKey.get(key);
    Iterator<KeptWire> newestFirst =
        same == null ? List.<KeptWire>of().iterator() : same.descendingIterator();
    while (newestFirst.hasNext()) {
      KeptWire kept = newestFirst.next();
      if (!kept.isTooOld()) {
        remove(kept);
        kept.wake();
        return kept;
      }
    }
    return null;
  }

  @Nullable
  Wire takeOldest() {
    Iterator<KeptWire> oldestFirst = byAge.iterator();
    if (!oldestFirst.hasNext()) {
      return null;
    }
    KeptWire oldest = oldestFirst.next();
    remove(oldest);
    return oldest.wire();
  }

  /** Takes all with a key out, or all in all. */
  void takeAll(@Nullable PoolKey key, List<Wire> into) {
    for (KeptWire kept : List.copyOf(byAge)) {
      if (key == null || kept.key().equals(key)) {
        remove(kept);
        into.add(kept.wire());
      }
    }
  }

  private void remove(KeptWire kept) {
    Deque<KeptWire> same = byKey.get(kept.key());
    if (same != null && same.removeLastOccurrence(kept) && same.isEmpty()) {
      byKey.remove(kept.key());
    }
    byAge.remove(kept);
    warm.remove(kept);
  }

  /** Takes out what is too old, and lets what has idled a while cool. */
  void tidy(List<Wire> old) {
    for (KeptWire oldest = first(byAge); oldest != null && oldest.isTooOld(); ) {
      remove(oldest);
      old.add(oldest.wire());
      oldest = first(byAge);
    }
    for (KeptWire oldest = first(warm); oldest != null && oldest.isWarmNoMore(); ) {
      warm.remove(oldest);
      if (!oldest.park()) {
        remove(oldest);
        old.add(oldest.wire());
      }
      oldest = first(warm);
    }
  }

  private static @Nullable KeptWire first(Set<KeptWire> wires) {
    Iterator<KeptWire> all = wires.iterator();
    return all.hasNext() ? all.next() : null;
  }
}
