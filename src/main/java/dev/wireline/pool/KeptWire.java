package dev.wireline.pool;

import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Deadline;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Wire;
import java.time.Duration;

/** A connection of a pool, through all its uses. Guarded by the pool. */
final class KeptWire {
  /** How long a connection idles with its buffers and selectors. */
  static final Duration WARM = Duration.ofSeconds(1);

  private final PoolKey key;
  private final Wire wire;
  private final PoolOptions options;
  private final Deadline life;
  private Deadline idle = Deadline.NEVER;
  private Deadline warm = Deadline.NEVER;

  /** A connection to be dialled. */
  KeptWire(PoolKey key, PoolOptions options) {
    this.key = key;
    this.options = options;
    this.wire = key.dialer().wire(key.endpoint());
    this.life = Deadline.after(options.timeToLive(), Phase.POOL);
  }

  PoolKey key() {
    return key;
  }

  Wire wire() {
    return wire;
  }

  /** From now on it is not in use. */
  void rest() {
    idle = Deadline.after(options.idleTimeout(), Phase.POOL);
    warm = Deadline.after(WARM, Phase.POOL);
  }

  boolean isTooOld() {
    return life.isExpired() || idle.isExpired();
  }

  /** From now on it is in use. */
  void wake() {
    idle = Deadline.NEVER;
  }

  boolean isWarmNoMore() {
    return warm.isExpired();
  }

  /** Gives selectors and buffers back; says whether the connection is still open. */
  boolean park() {
    try {
      wire.park();
      return true;
    } catch (WirelineException e) {
      return false;
    }
  }
}
