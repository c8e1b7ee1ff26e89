package dev.wireline.pool;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.StackRoom;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Wire;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are kept for their next use, and a bound for those in use. Thread-safe.
 *
 * <p>It has no thread: what is too old is closed, and what has idled for a second gives its buffers and
 * selectors back, whenever somebody comes. A kept connection is handed out again for the same dialer
 * and endpoint alone, after a look at it: one on which bytes came, or which was closed, is dropped.
 *
 * <p>Who has to wait for a free place is served in the order of coming. No lock is held while a
 * connection is dialled, looked at or closed, nor while code of a user runs.
 */
public final class WirePool implements Closeable {
  /*
   * The life of a lease:
   *
   * 1. What was forgotten gives its place back first, so that nobody waits for a place that is free.
   * 2. admit, under the lock: what is too old goes, and what has cooled is parked, without the lock, before it
   *    is taken again: a caller that finds nothing to park takes the lock once. Whoever comes while others
   *    wait joins the line behind them. Else a kept connection is taken, or a new one within the bounds, for
   *    which the one that idled longest may have to go. The place counts as taken from here on, before there is a connection.
   * 3. Without the lock a kept connection is looked at, or a new one dialled. Where that fails, release
   *    makes the place free, and for a kept one all starts again at 1.
   * 4. release, under the lock: the lease leaves the set of those in use, which happens once, however often
   *    it is asked for; the connection is kept or not; serve gives what is free to who is next, in the
   *    same lock, so that nobody who comes in between is quicker.
   * 5. Without the lock: what is not kept is closed.
   *
   * Who waits can leave in the very moment in which it is served: leave then gives the lease back as 4
   * does, and serves the next.
   *
   * An Error may end each step, where the memory or the stack ends. From the moment in which a place is taken
   * somebody answers for it: first the method at work, then a ticket, then the caller. What gives a place back
   * takes no memory until the place is free, and then does what may fail: keep, close, serve. Who was not
   * served for that is found by the look of those who wait.
   */

  private static final Activity WAITING = new Activity(Phase.POOL, "waiting for a connection to");

  /** One of the waiting threads looks this often whether a lease was forgotten. */
  private static final long LOOK_NANOS = 500_000_000;

  private final PoolOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Places places;
  private final Forgotten forgotten = new Forgotten();
  private final Visit everybody = new Visit(this);

  /** The one of those who wait that looks for forgotten leases. */
  private WaitingLine.@Nullable Ticket looking;

  /**
   * An empty pool.
   *
   * @param options the timeout and the limits
   */
  public WirePool(PoolOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.places = new Places(this, options);
  }

  /**
   * The visit of all callers that nobody ends one by one.
   *
   * @return the visit, the same one each time; it is not for {@link Visit#end}
   */
  public Visit everybody() {
    return everybody;
  }

  /** A connection in use, until it is released. Thread-safe. */
  public final class Lease {
    private final KeptWire kept;
    private final boolean reused;

    /** Guarded by the pool; null until it is given to somebody. */
    private @Nullable Visit visit;

    private volatile @Nullable Object watch;

    Lease(KeptWire kept, boolean reused) {
      this.kept = kept;
      this.reused = reused;
    }

    KeptWire kept() {
      return kept;
    }

    /**
     * The connection.
     *
     * @return the open wire
     */
    public Wire wire() {
      return kept.wire();
    }

    /**
     * Whether the connection was used before.
     *
     * @return true for a kept one, false for one that was dialled for this lease
     */
    public boolean isReused() {
      return reused;
    }

    /**
     * Shortens the next time without a use: the peer has said when it hangs up.
     *
     * @param time how long the connection is kept at most, once it is released; zero for not at all
     */
    public void keepAtMost(Duration time) {
      kept.restAtMost(time);
    }

    /**
     * Gives the connection back. Does nothing if that was done.
     *
     * @param reusable whether it can be used again; else it is closed
     */
    public void release(boolean reusable) {
      unwatch();
      WirePool.this.release(this, reusable);
    }

    /**
     * Lets go of the connection without closing it: it is whose who has the wire, and its place in the
     * pool is free. Does nothing if it was released.
     */
    public void letGo() {
      unwatch();
      WirePool.this.letGo(this);
    }

    private void unwatch() {
      Object watched = watch;
      if (watched != null) {
        forgotten.unwatch(watched);
      }
    }

    /**
     * Ties the lease to an object: when that is garbage before the lease was released, a later call on
     * the pool logs a warning and closes the connection.
     *
     * @param handle what the user of the connection holds; it must not be reachable from the lease
     * @param what what was forgotten, for the log; text from the peer and secrets are gone from it
     * @param found runs when it is found, in the thread that came upon it; {@code handle} must not be
     *     reachable from it either
     */
    public void watch(Object handle, String what, Runnable found) {
      watch = forgotten.watch(handle, this, what, found);
    }
  }

  Lease lease(PoolKey key, Deadline deadline, DialListener listener, Visit visit)
      throws WirelineException {
    Deadline wait = waitUntil(key.dialer(), deadline);
    while (true) {
      giveUpForgotten();
      Lease lease = admit(key, wait, visit);
      if (!lease.isReused()) {
        connect(lease, deadline, listener);
        return lease;
      }
      if (isQuiet(lease)) {
        return lease;
      }
    }
  }

  /** Looks at a kept connection; one that is quiet no more is released. */
  private static boolean isQuiet(Lease lease) {
    boolean quiet = false;
    try {
      lease.kept().wake();
      quiet = lease.wire().isQuiet();
    } finally {
      if (!quiet) {
        lease.release(false);
      }
    }
    return quiet;
  }

  Lease dial(PoolKey key, Deadline deadline, DialListener listener, Visit visit)
      throws WirelineException {
    giveUpForgotten();
    Lease lease = renewed(admit(key, waitUntil(key.dialer(), deadline), visit), visit);
    connect(lease, deadline, listener);
    return lease;
  }

  /** The same place with a connection that is still to be dialled. */
  private Lease renewed(Lease given, Visit visit) throws ClientClosedException {
    if (!given.isReused()) {
      return given;
    }
    boolean renewed = false;
    try {
      Lease fresh = new Lease(places.fresh(given.kept().key()), false);
      replace(given, fresh, visit);
      renewed = true;
      return fresh;
    } finally {
      if (!renewed) {
        given.release(false);
      }
    }
  }

  private void replace(Lease given, Lease fresh, Visit visit) throws ClientClosedException {
    StackRoom.lock(lock);
    try {
      checkOpen(given.kept().key().endpoint(), WAITING, visit);
      fresh.visit = visit;
      places.replace(given, fresh);
    } finally {
      unlock(fresh);
    }
  }

  private Deadline waitUntil(Dialer dialer, Deadline deadline) {
    return dialer.deadline(options.waitTimeout(), Phase.POOL, "waitTimeout").earlier(deadline);
  }

  private void connect(Lease lease, Deadline deadline, DialListener listener)
      throws WirelineException {
    boolean connected = false;
    try {
      lease.wire().connect(deadline, listener);
      connected = true;
    } finally {
      if (!connected) {
        lease.release(false);
      }
    }
  }

  /**
   * Closes the kept connections to an endpoint: the peer was found to have closed one of them.
   *
   * @param dialer the dialer
   * @param endpoint the peer
   */
  public void drop(Dialer dialer, Endpoint endpoint) {
    StackRoom.lock(lock);
    try {
      places.drop(new PoolKey(dialer, endpoint));
    } finally {
      unlock();
    }
  }

  private Lease admit(PoolKey key, Deadline wait, Visit visit) throws WirelineException {
    Lease admitted = null;
    List<KeptWire> cooled = List.of();
    StackRoom.lock(lock);
    try {
      cooled = places.tidy();
      if (cooled.isEmpty()) {
        admitted = taken(key, wait, visit);
        return admitted;
      }
    } finally {
      unlock(admitted);
    }
    for (KeptWire kept : cooled) {
      park(kept);
    }
    return admitAfterParking(key, wait, visit);
  }

  private Lease admitAfterParking(PoolKey key, Deadline wait, Visit visit)
      throws WirelineException {
    Lease admitted = null;
    StackRoom.lock(lock);
    try {
      admitted = taken(key, wait, visit);
      return admitted;
    } finally {
      unlock(admitted);
    }
  }

  private Lease taken(PoolKey key, Deadline wait, Visit visit) throws WirelineException {
    checkOpen(key.endpoint(), WAITING, visit);
    Lease free = places.takeUnlessOthersWait(key);
    Lease lease = free == null ? queue(key, wait, visit) : free;
    lease.visit = visit;
    return lease;
  }

  /** Gives the lock back, and closes what nobody will use. */
  private void unlock() {
    KeptWire next = places.unused();
    lock.unlock();
    for (; next != null; next = next.next()) {
      next.wire().close();
    }
  }

  /** As the other; after an error there nobody gets the lease. */
  private void unlock(@Nullable Lease taken) {
    boolean done = false;
    try {
      unlock();
      done = true;
    } finally {
      if (!done && taken != null) {
        taken.release(false);
      }
    }
  }

  private Lease queue(PoolKey key, Deadline wait, Visit visit) throws WirelineException {
    WaitingLine.Ticket ticket = places.ticket(key, lock.newCondition());
    boolean taken = false;
    try {
      places.join(ticket);
      Lease lease = await(ticket, wait, visit);
      taken = true;
      return lease;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(key.endpoint(), WAITING, "interrupted");
    } finally {
      leave(ticket, taken);
    }
  }

  private Lease await(WaitingLine.Ticket ticket, Deadline wait, Visit visit)
      throws WirelineException, InterruptedException {
    Lease lease = ticket.lease();
    while (lease == null) {
      checkOpen(ticket.key().endpoint(), WAITING, visit);
      long left = wait.remainingNanos();
      if (left <= 0) {
        throw noneBecameFree(ticket.key(), wait);
      }
      if (looking == null) {
        looking = ticket;
      }
      boolean looks = ticket.equals(looking);
      if (ticket.served().awaitNanos(looks ? Math.min(left, LOOK_NANOS) : left) <= 0 && looks) {
        look();
      }
      lease = ticket.lease();
    }
    return lease;
  }

  /** Who leaves with nothing gives back what it was given in the same moment. */
  private void leave(WaitingLine.Ticket ticket, boolean taken) {
    places.leave(ticket);
    if (ticket.equals(looking)) {
      looking = places.lastWaiting();
      if (looking != null) {
        looking.wake();
      }
    }
    Lease given = ticket.lease();
    if (!taken && given != null) {
      places.takeBack(given, given.isReused());
    }
    places.serve(ticket.key());
  }

  private DeadlineExceededException noneBecameFree(PoolKey key, Deadline wait) {
    String happened = "no connection became free (" + places.leased(key) + " in use to it, "
        + places.leased() + " in all) after";
    return wait.exceeded(key.endpoint(), WAITING, happened, "");
  }

  private void checkOpen(Endpoint endpoint, Activity activity, Visit visit)
      throws ClientClosedException {
    if (places.isClosed() || visit.isEnded()) {
      String happened = places.isClosed() ? "the pool was closed" : "another thread has ended it";
      throw new ClientClosedException(endpoint, activity, happened, null);
    }
  }

  private void release(Lease lease, boolean reusable) {
    StackRoom.lock(lock);
    try {
      places.takeBack(lease, reusable);
      places.serve();
    } finally {
      unlock();
    }
  }

  private void letGo(Lease lease) {
    StackRoom.lock(lock);
    try {
      places.free(lease);
    } finally {
      unlock();
    }
  }

  /** For a thread that waits: others use the pool meanwhile. */
  private void look() {
    StackRoom.check();
    try {
      unlock();
      giveUpForgotten();
    } finally {
      lock.lock();
    }
    places.serveAnew();
  }

  /**
   * Gives back what was forgotten, and finds room for a lease and its release as well. The places are free before a
   * log is told, which may fail.
   */
  private void giveUpForgotten() {
    StackRoom.checkForTwo();
    Forgotten.Watch told = null;
    for (Forgotten.Watch found = forgotten.poll(); found != null; found = forgotten.poll()) {
      release(found.lease(), false);
      told = found.before(told);
    }
    for (; told != null; told = told.next()) {
      told.tell();
    }
  }

  /** Lets what has idled a while give its buffers back. */
  private void park(KeptWire cooled) {
    if (!cooled.park()) {
      StackRoom.lock(lock);
      try {
        places.forget(cooled);
      } finally {
        lock.unlock();
      }
    }
  }

  void pause(Duration time, Endpoint endpoint, Activity activity, Visit visit)
      throws WirelineException {
    Deadline end = Deadline.after(time, Phase.CALL);
    StackRoom.lock(lock);
    try {
      for (long left = end.remainingNanos(); left > 0; left = end.remainingNanos()) {
        checkOpen(endpoint, activity, visit);
        closing.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(endpoint, activity, "interrupted");
    } finally {
      lock.unlock();
    }
  }

  void end(Visit visit) {
    StackRoom.lock(lock);
    try {
      visit.setEnded();
      places.wakeAll();
      closing.signalAll();
      for (Lease lease : places.leases()) {
        if (lease.visit == visit) {
          places.takeBack(lease, false);
        }
      }
      places.serve();
    } finally {
      unlock();
    }
  }

  /** Closes the connections that nobody uses; those in use go on, and are kept afterwards. */
  public void closeIdle() {
    StackRoom.lock(lock);
    try {
      places.dropIdle();
    } finally {
      unlock();
    }
  }

  /**
   * How many connections are kept for their next use.
   *
   * @return the number now; those that the peer has closed meanwhile count too
   */
  public int idleConnections() {
    StackRoom.lock(lock);
    try {
      return places.idle();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many connections are in use.
   *
   * @return the number now
   */
  public int leasedConnections() {
    StackRoom.lock(lock);
    try {
      return places.leased();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many threads wait for a free place.
   *
   * @return the number now
   */
  public int waitingThreads() {
    StackRoom.lock(lock);
    try {
      return places.waiting();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes all connections, those in use too, and wakes who waits; they get a {@link ClientClosedException}.
   * May be called from any thread, more than once.
   */
  @Override
  public void close() {
    List<Lease> used = List.of();
    StackRoom.lock(lock);
    try {
      closing.signalAll();
      places.close();
      used = places.leases();
    } finally {
      unlock();
    }
    for (Lease lease : used) {
      lease.wire().close();
    }
  }
}
