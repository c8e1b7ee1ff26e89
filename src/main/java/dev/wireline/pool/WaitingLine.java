package dev.wireline.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a place in a pool, in the order of coming. Guarded by the pool.
 *
 * <p>Each peer has a line of its own. The first of those lines whose peer has room stand together in
 * order, so that who is next is known however many wait.
 */
final class WaitingLine {
  private final Predicate<PoolKey> hasRoom;
  private final TreeSet<Ticket> all = new TreeSet<>();
  private final Map<PoolKey, TreeSet<Ticket>> byKey = new HashMap<>();
  private final TreeSet<Ticket> next = new TreeSet<>();
  private long joined;

  /**
   * An empty line.
   *
   * @param hasRoom whether one more connection to a peer may be in use: who lacks that alone holds up
   *     nobody who wants another peer
   */
  WaitingLine(Predicate<PoolKey> hasRoom) {
    this.hasRoom = hasRoom;
  }

  /** A place in the line, and what its holder was given. Equal to itself alone. */
  static final class Ticket implements Comparable<Ticket> {
    private final PoolKey key;
    private final long number;
    private final Condition served;
    private WirePool.@Nullable Lease lease;

    private Ticket(PoolKey key, long number, Condition served) {
      this.key = key;
      this.number = number;
      this.served = served;
    }

    PoolKey key() {
      return key;
    }

    WirePool.@Nullable Lease lease() {
      return lease;
    }

    Condition served() {
      return served;
    }

    void wake() {
      served.signal();
    }

    @Override
    public int compareTo(Ticket other) {
      return Long.compare(number, other.number);
    }

    // The number is a ticket's own: the order agrees with being the same.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }

  /** A ticket that has yet to {@link #join}. */
  Ticket ticket(PoolKey key, Condition served) {
    return new Ticket(key, joined++, served);
  }

  /** After an error half way, {@link #leave} takes back what was done. */
  void join(Ticket ticket) {
    TreeSet<Ticket> same = byKey.get(ticket.key);
    if (same == null) {
      same = new TreeSet<>();
      byKey.put(ticket.key, same);
    }
    same.add(ticket);
    all.add(ticket);
    roomChanged(ticket.key);
  }

  /**
   * Does nothing if the ticket has left. Takes no memory and so leaves no one in the line who does not wait;
   * {@link #roomChanged}, which may, comes behind it.
   */
  void leave(Ticket ticket) {
    all.remove(ticket);
    next.remove(ticket);
    TreeSet<Ticket> same = byKey.get(ticket.key);
    if (same != null) {
      same.remove(ticket);
      if (same.isEmpty()) {
        byKey.remove(ticket.key);
      }
    }
  }

  /** Looks again whether a peer has room. */
  void roomChanged(PoolKey key) {
    TreeSet<Ticket> same = byKey.get(key);
    if (same != null && !same.isEmpty() && hasRoom.test(key)) {
      next.add(same.first());
    } else {
      roomTaken(key);
    }
  }

  /** As {@link #roomChanged}, where there is less room than before. Takes no memory. */
  void roomTaken(PoolKey key) {
    TreeSet<Ticket> same = byKey.get(key);
    if (same != null && !same.isEmpty() && !hasRoom.test(key)) {
      next.remove(same.first());
    }
  }

  /** Looks again at each peer: an error may have ended a look before. */
  void roomChanged() {
    for (PoolKey key : byKey.keySet()) {
      roomChanged(key);
    }
  }

  /** Who is served next, or null where no peer that is waited for has room. */
  @Nullable
  Ticket next() {
    return next.isEmpty() ? null : next.first();
  }

  /** Who came last, and waits longest from now on; or null. */
  @Nullable
  Ticket last() {
    return all.isEmpty() ? null : all.last();
  }

  /** Serves one: it leaves the line. From the first step on the lease is its own. */
  void serve(Ticket ticket, WirePool.Lease lease) {
    ticket.lease = lease;
    ticket.wake();
    leave(ticket);
    roomChanged(ticket.key);
  }

  void wakeAll() {
    for (Ticket ticket : all) {
      ticket.wake();
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }
}
