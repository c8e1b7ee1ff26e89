package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.util.Optional;

/**
 * The keys of peers met before, for {@link Tls.Builder#trustOnFirstUse}: kept in a map, a file or a table, as
 * you like.
 *
 * <pre>{@code
 * Map<Endpoint, String> known = new ConcurrentHashMap<>();
 * // pin(peer) is Optional.ofNullable(known.get(peer)), remember(peer, pin) is known.put(peer, pin)
 * }</pre>
 *
 * <p>It is called by the threads that run handshakes, so it must be thread-safe. What it throws ends the dial
 * and is rethrown.
 */
public interface KnownKeys {
  /**
   * The key of a peer.
   *
   * @param peer its host and port
   * @return the pin of its key, as {@link Tls#pin} makes it; empty if it was not met before, or to accept its
   *     next key as a new one, such as after its certificate has expired
   */
  Optional<String> pin(Endpoint peer);

  /**
   * Remembers the key of a peer met for the first time, once it has proved that it holds the key.
   *
   * @param peer its host and port
   * @param pin the pin of its key
   */
  void remember(Endpoint peer, String pin);
}
