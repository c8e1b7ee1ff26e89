package dev.wireline.pool;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.StackRoom;
import dev.wireline.internal.TimeText;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Wire;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool, through all its uses. Guarded by the pool, but for {@link #park} and {@link
 * #wake}, which may wait for each other and are called without its lock.
 */
final class KeptWire {
  /** How long a connection idles with its buffers and selectors. */
  static final Duration WARM = Duration.ofSeconds(1);

  private static final long WARM_NANOS = WARM.toNanos();

  private final PoolKey key;
  private final Wire wire;
  private final PoolOptions options;
  private final long born;
  private final long lifeNanos;

  /** Held while the connection is parked: who takes it meanwhile waits for that. */
  private final ReentrantLock parking = new ReentrantLock();

  private volatile boolean resting;
  private volatile Duration rest;
  private @Nullable KeptWire next;

  /** When its last use ended, and how long it may rest from there. */
  private long since;

  private long restNanos = Long.MAX_VALUE;

  /** A connection to be dialled. Times are the age of its pool, in nanoseconds. */
  KeptWire(PoolKey key, PoolOptions options, long now) {
    this.key = key;
    this.options = options;
    this.wire = key.dialer().wire(key.endpoint());
    this.rest = options.idleTimeout();
    this.born = now;
    this.lifeNanos = TimeText.nanos(options.timeToLive());
  }

  PoolKey key() {
    return key;
  }

  Wire wire() {
    return wire;
  }

  /** Puts it at the head of a chain, which takes no memory: what gives a place back must not fail. */
  KeptWire before(@Nullable KeptWire first) {
    next = first;
    return this;
  }

  /** The one behind it in its chain, or null. */
  @Nullable
  KeptWire next() {
    return next;
  }

  /** Its next time without a use ends so soon, if not sooner. */
  void restAtMost(Duration time) {
    rest = time.compareTo(options.idleTimeout()) < 0 ? time : options.idleTimeout();
  }

  /** From now on it is not in use. */
  void rest(long now) {
    since = now;
    restNanos = TimeText.nanos(rest);
    resting = true;
  }

  boolean isTooOld(long now) {
    return isWornOut(now) || now - since >= restNanos;
  }

  /** Whether it is too old to be kept after this use. */
  boolean isWornOut(long now) {
    return now - born >= lifeNanos;
  }

  boolean isWarmNoMore(long now) {
    return now - since >= WARM_NANOS;
  }

  /** From now on it is in use, by the thread that took it from the pool. */
  void wake() {
    StackRoom.lock(parking);
    try {
      resting = false;
    } finally {
      parking.unlock();
    }
  }

  /** Gives selectors and buffers back, unless it is in use again; says whether it is still open. */
  boolean park() {
    StackRoom.lock(parking);
    try {
      if (resting) {
        wire.park();
      }
      return true;
    } catch (WirelineException e) {
      return false;
    } finally {
      parking.unlock();
    }
  }
}
