package dev.wireline.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The leases of a pool that were not released yet. Guarded by the pool. */
final class Leases {
  private final IdentityHashMap<WirePool.Lease, Count> leases = new IdentityHashMap<>();
  private final Map<PoolKey, Count> counts = new HashMap<>();

  /** How many there are with one key. */
  private static final class Count {
    private int leases;
  }

  /** Counted last: an error before leaves the count as it was. */
  void add(WirePool.Lease lease) {
    PoolKey key = lease.kept().key();
    Count count = counts.get(key);
    if (count == null) {
      count = new Count();
      counts.put(key, count);
    }
    if (leases.put(lease, count) == null) {
      count.leases++;
    }
  }

  /** Whether it was there. No error comes between its end and the count. */
  boolean remove(WirePool.Lease lease) {
    Count count = leases.remove(lease);
    if (count == null) {
      return false;
    }
    count.leases--;
    if (count.leases == 0) {
      counts.remove(lease.kept().key());
    }
    return true;
  }

  int size() {
    return leases.size();
  }

  int count(PoolKey key) {
    Count count = counts.get(key);
    return count == null ? 0 : count.leases;
  }

  List<WirePool.Lease> all() {
    return new ArrayList<>(leases.keySet());
  }
}
