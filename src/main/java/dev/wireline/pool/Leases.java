package dev.wireline.pool;

import dev.wireline.net.Wire;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The leases of a pool that were not released yet. Guarded by the pool. */
final class Leases {
  private final Set<WirePool.Lease> leases = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<PoolKey, Integer> counts = new HashMap<>();

  WirePool.Lease add(WirePool.Lease lease) {
    leases.add(lease);
    counts.merge(lease.kept().key(), 1, Integer::sum);
    return lease;
  }

  /** Whether it was there. */
  boolean remove(WirePool.Lease lease) {
    boolean there = leases.remove(lease);
    if (there) {
      PoolKey key = lease.kept().key();
      int count = count(key) - 1;
      if (count == 0) {
        counts.remove(key);
      } else {
        counts.put(key, count);
      }
    }
    return there;
  }

  int size() {
    return leases.size();
  }

  int count(PoolKey key) {
    return counts.getOrDefault(key, 0);
  }

  void wires(List<Wire> into) {
    for (WirePool.Lease lease : leases) {
      into.add(lease.wire());
    }
  }
}
