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
   * As {@link WirePool#lease}, ended also by {@link #end}.
   *
   * @param dialer as there
   * @param endpoint as there
   * @param deadline as there
   * @param listener as there
   * @return as there
   * @throws WirelineException as there; a {@link dev.wireline.error.ClientClosedException} after the end
   */
  public WirePool.Lease lease(
      Dialer dialer, Endpoint endpoint, Deadline deadline, DialListener listener)
      throws WirelineException {
    return pool.lease(new PoolKey(dialer, endpoint), deadline, listener, this);
  }

  /**
   * As {@link WirePool#dial}, ended also by {@link #end}.
   *
   * @param dialer as there
   * @param endpoint as there
   * @param deadline as there
   * @param listener as there
   * @return as there
   * @throws WirelineException as {@link #lease}
   */
  public WirePool.Lease dial(
      Dialer dialer, Endpoint endpoint, Deadline deadline, DialListener listener)
      throws WirelineException {
    return pool.dial(new PoolKey(dialer, endpoint), deadline, listener, this);
  }

  /**
   * As {@link WirePool#pause}, ended also by {@link #end}.
   *
   * @param time as there
   * @param endpoint as there
   * @param activity as there
   * @throws WirelineException as {@link #lease}
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
