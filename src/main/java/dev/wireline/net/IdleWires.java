package dev.wireline.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of a pool that nobody uses, the longest unused first. Guarded by the pool. */
final class IdleWires {
  private final Deque<KeptWire> wires = new ArrayDeque<>();

  void add(KeptWire wire) {
    wire.rest();
    wires.addLast(wire);
  }

  int size() {
    return wires.size();
  }

  /** The last used one with a key, whose peer is the least likely to have closed it; or null. */
  @Nullable
  KeptWire take(PoolKey key) {
    for (Iterator<KeptWire> newestFirst = wires.descendingIterator(); newestFirst.hasNext(); ) {
      KeptWire kept = newestFirst.next();
      if (kept.key().equals(key) && !kept.isTooOld()) {
        newestFirst.remove();
        kept.wake();
        return kept;
      }
    }
    return null;
  }

  @Nullable
  Wire takeOldest() {
    KeptWire oldest = wires.pollFirst();
    return oldest == null ? null : oldest.wire();
  }

  /** Takes all with a key out, or all in all. */
  void takeAll(@Nullable PoolKey key, List<Wire> into) {
    for (Iterator<KeptWire> all = wires.iterator(); all.hasNext(); ) {
      KeptWire kept = all.next();
      if (key == null || kept.key().equals(key)) {
        all.remove();
        into.add(kept.wire());
      }
    }
  }

  /** Takes out what is too old, and lets the rest cool. */
  void tidy(List<Wire> old) {
    for (Iterator<KeptWire> all = wires.iterator(); all.hasNext(); ) {
      KeptWire kept = all.next();
      if (kept.isTooOld() || !kept.cool()) {
        all.remove();
        old.add(kept.wire());
      }
    }
  }
}
