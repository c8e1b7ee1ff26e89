package dev.wireline.pool;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * What makes two connections of a pool different. Immutable.
 *
 * @param dialer how it is dialled: proxies, TLS and all else is in there
 * @param endpoint the peer
 */
record PoolKey(Dialer dialer, Endpoint endpoint) {
  // By hand: what a record makes of itself costs a fresh JVM tens of milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PoolKey that
        && dialer.equals(that.dialer)
        && endpoint.equals(that.endpoint);
  }

  @Override
  public int hashCode() {
    return dialer.hashCode() * 31 + endpoint.hashCode();
  }
}
