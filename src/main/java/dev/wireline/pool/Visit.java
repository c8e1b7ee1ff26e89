package dev.wireline.pool;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import java.time.Duration;
import java.util.Objects;

/**
 * What one caller does with a pool: the waits for places, the connections in use, the pauses. Another thread
 * can end it. Thread-safe.
 */
public final class Visit {
  private final WirePool pool;

  /** Guarded by the pool. */
  private boolean ended;

  /**
   * A visit that has just begun.
   *
   * @param pool the pool
   */
  public Visit(WirePool pool) {
    this.pool = Objects.requireNonNull(pool, "pool");
  }

  /**
   * A connection: a kept one that is still quiet, else a new one where the bounds allow it, else the
   * next that becomes free. Waits for a free place at most the wait timeout, and to dial as {@link
   * dev.wireline.net.Wire#connect(Deadline)}.
   *
   * @param dialer how it is dialled; another dialer's connections are never given
   * @param endpoint the peer
   * @param deadline when to stop waiting altogether, in addition to the timeouts
   * @param listener hears of the dial
   * @return the connection, to be released
   * @throws dev.wireline.error.DeadlineExceededException if no place became free, with the phase {@link dev.wireline.error.Phase#POOL}, or
   *     the dial took too long
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted while it waited
   * @throws dev.wireline.error.ClientClosedException if the pool is closed or this has ended
   * @throws WirelineException as {@link dev.wireline.net.Wire#connect()}; the place is free again
   */
  public WirePool.Lease lease(
      Dialer dialer, Endpoint endpoint, Deadline deadline, DialListener listener)
      throws WirelineException {
    return pool.lease(new PoolKey(dialer, endpoint), deadline, listener, this);
  }

  /**
   * A connection that is dialled for this lease, whatever is kept: for a request that a kept one has
   * failed. Waits as {@link #lease}, and keeps to the same bounds.
   *
   * @param dialer how it is dialled
   * @param endpoint the peer
   * @param deadline when to stop waiting altogether, in addition to the timeouts
   * @param listener hears of the dial
   * @return the connection, to be released
   * @throws WirelineException as {@link #lease}
   */
  public WirePool.Lease dial(
      Dialer dialer, Endpoint endpoint, Deadline deadline, DialListener listener)
      throws WirelineException {
    return pool.dial(new PoolKey(dialer, endpoint), deadline, listener, this);
  }

  /**
   * Waits, for a caller that tries again later. Ended by the time, an interrupt, the close of the
   * pool and the {@link #end} of this.
   *
   * @param time how long
   * @param endpoint the peer, for a message
   * @param activity what is waited for, for a message
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted
   * @throws dev.wireline.error.ClientClosedException if the pool is closed or this has ended
   */
  public void pause(Duration time, Endpoint endpoint, Activity activity) throws WirelineException {
    pool.pause(time, endpoint, activity, this);
  }

  /**
   * Closes the connections of this visit, and wakes its caller wherever it waits, which gets a {@link
   * dev.wireline.error.ClientClosedException}. From any thread, and again; nothing begins afterwards.
   */
  public void end() {
    pool.end(this);
  }

  boolean isEnded() {
    return ended;
  }

  void setEnded() {
    ended = true;
  }
}
