package dev.wireline.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** Who waits for a place in a pool, in the order of coming. Guarded by the pool. */
final class WaitingLine {
  private final Deque<Ticket> line = new ArrayDeque<>();

  /** A place in the line: equal to itself alone. */
  static final class Ticket {
    private final PoolKey key;

    private Ticket(PoolKey key) {
      this.key = key;
    }
  }

  Ticket join(PoolKey key) {
    Ticket ticket = new Ticket(key);
    line.addLast(ticket);
    return ticket;
  }

  void leave(Ticket ticket) {
    line.remove(ticket);
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  int size() {
    return line.size();
  }

  /**
   * Whether nobody stands before who waits for the same peer, or for a place in all.
   *
   * @param hasRoom whether one more connection to a peer may be in use: who lacks that alone holds up
   *     nobody who wants another peer
   */
  boolean isNext(Ticket ticket, Predicate<PoolKey> hasRoom) {
    for (Ticket other : line) {
      if (other.equals(ticket)) {
        return true;
      }
      if (other.key.equals(ticket.key) || hasRoom.test(other.key)) {
        return false;
      }
    }
    return true;
  }
}
