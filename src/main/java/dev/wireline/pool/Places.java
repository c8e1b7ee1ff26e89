package dev.wireline.pool;

import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import dev.wireline.net.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places of a pool: which connections are in use, which are kept, and who waits for one. Guarded by the pool,
 * which closes what it finds {@linkplain #unused() unused} once it has given its lock back.
 */
final class Places {
  private final WirePool pool;
  private final PoolOptions options;

  // No lambdas here: the first one of a JVM costs more than the first answer.
  private final WaitingLine waiting = new WaitingLine(new Predicate<>() {
    @Override
    public boolean test(PoolKey key) {
      return hasRoom(key);
    }
  });

  private final Leases leased = new Leases();
  private final IdleWires idle = new IdleWires();
  private final Consumer<KeptWire> discarding = new Consumer<>() {
    @Override
    public void accept(KeptWire kept) {
      discard(kept);
    }
  };

  /** The pool's clock: it never ends. */
  private final Deadline life = Deadline.after(Duration.ofNanos(Long.MAX_VALUE), Phase.POOL);

  private boolean closed;

  /** What nobody will use any more. */
  private @Nullable KeptWire unused;

  Places(WirePool pool, PoolOptions options) {
    this.pool = pool;
    this.options = options;
  }

  /** The age of the pool, in nanoseconds. */
  private long now() {
    return life.elapsed().toNanos();
  }

  /** A connection to be dialled. */
  KeptWire fresh(PoolKey key) {
    return new KeptWire(key, options, now());
  }

  /** The chain of what nobody will use any more, for who closes it; or null. */
  @Nullable
  KeptWire unused() {
    KeptWire first = unused;
    unused = null;
    return first;
  }

  private void discard(KeptWire kept) {
    unused = kept.before(unused);
  }

  private boolean hasRoom(PoolKey key) {
    return leased.count(key) < options.maxPerEndpoint();
  }

  /** A place, or null if a bound is reached or others wait. */
  WirePool.@Nullable Lease takeUnlessOthersWait(PoolKey key) {
    return waiting.isEmpty() ? take(key) : null;
  }

  /** A kept connection, or one to be dialled, or null if a bound is reached. */
  private WirePool.@Nullable Lease take(PoolKey key) {
    if (!hasRoom(key)) {
      return null;
    }
    KeptWire kept = idle.newest(key, now());
    if (kept != null) {
      WirePool.Lease lease = add(pool.new Lease(kept, true));
      idle.remove(kept);
      return lease;
    }
    if (leased.size() + idle.size() >= options.maxConnections()) {
      KeptWire oldest = idle.oldest();
      if (oldest == null) {
        return null;
      }
      idle.remove(oldest);
      discard(oldest);
    }
    return add(pool.new Lease(fresh(key), false));
  }

  private WirePool.Lease add(WirePool.Lease lease) {
    leased.add(lease);
    waiting.roomTaken(lease.kept().key());
    return lease;
  }

  /** Gives the place of one lease to another. */
  void replace(WirePool.Lease given, WirePool.Lease fresh) {
    leased.add(fresh);
    leased.remove(given);
    discard(given.kept());
  }

  /** Makes a place free, and keeps its connection if that is of use. */
  void takeBack(WirePool.Lease lease, boolean reusable) {
    if (!leased.remove(lease)) {
      return;
    }
    KeptWire wire = lease.kept();
    long now = now();
    boolean kept = false;
    try {
      if (reusable && !closed && wire.wire().isOpen() && !wire.isWornOut(now)) {
        idle.add(wire, now);
        kept = true;
      }
    } finally {
      if (!kept) {
        forget(wire);
        discard(wire);
      }
    }
    waiting.roomChanged(wire.key());
  }

  /** Makes a place free whose connection is somebody else's now, and gives it to who is next. */
  void free(WirePool.Lease lease) {
    leased.remove(lease);
    serve(lease.kept().key());
  }

  WaitingLine.Ticket ticket(PoolKey key, Condition served) {
    return waiting.ticket(key, served);
  }

  /** Joins the line, and is served at once if there is room. */
  void join(WaitingLine.Ticket ticket) {
    waiting.join(ticket);
    serve();
  }

  void leave(WaitingLine.Ticket ticket) {
    waiting.leave(ticket);
  }

  WaitingLine.@Nullable Ticket lastWaiting() {
    return waiting.last();
  }

  /** Gives what is free to who is next, and wakes nobody else. */
  void serve() {
    WaitingLine.Ticket next = closed ? null : waiting.next();
    while (next != null) {
      WirePool.Lease lease = take(next.key());
      if (lease == null) {
        return;
      }
      waiting.serve(next, lease);
      next = waiting.next();
    }
  }

  /** As the other, once there may be room for a key. */
  void serve(PoolKey key) {
    waiting.roomChanged(key);
    serve();
  }

  /** As the other, with a look at all who wait: one may not have been served for an error. */
  void serveAnew() {
    waiting.roomChanged();
    serve();
  }

  /** Drops what is too old, and finds what has cooled, to be parked; that stays here. */
  List<KeptWire> tidy() {
    long now = now();
    idle.takeOld(now, discarding);
    return idle.takeCooled(now);
  }

  /** Forgets a connection that was kept. Takes no memory. */
  void forget(KeptWire kept) {
    idle.remove(kept);
  }

  void drop(PoolKey key) {
    idle.takeAll(key, discarding);
  }

  void dropIdle() {
    idle.takeAll(discarding);
  }

  /** From now on nothing is kept and nobody served; what is in use is to be closed by the caller. */
  void close() {
    closed = true;
    waiting.wakeAll();
    dropIdle();
  }

  /** Lets all who wait look whether they still have to. */
  void wakeAll() {
    waiting.wakeAll();
  }

  /** The connections in use, as they are now. */
  List<WirePool.Lease> leases() {
    return leased.all();
  }

  boolean isClosed() {
    return closed;
  }

  int idle() {
    return idle.size();
  }

  int leased() {
    return leased.size();
  }

  int leased(PoolKey key) {
    return leased.count(key);
  }

  int waiting() {
    return waiting.size();
  }
}
