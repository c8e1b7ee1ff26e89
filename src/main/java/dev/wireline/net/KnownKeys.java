package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.util.Optional;

/**
 * The keys by which peers were met before, for {@link Tls.Builder#trustOnFirstUse}: a map, a file, a table,
 * as you like.
 *
 * <pre>{@code
 * Map<Endpoint, String> known = new ConcurrentHashMap<>();
 * // pin(peer) is Optional.ofNullable(known.get(peer)), remember(peer, pin) is known.put(peer, pin)
 * }</pre>
 *
 * <p>It is asked and told by the threads that shake hands, so it must be thread-safe. What it throws ends the
 * dial and is thrown on.
 */
public interface KnownKeys {
  /**
   * The key of a peer.
   *
   * @param peer its host and port
   * @return the pin of its key, as {@link Tls#pin} makes it; empty if it was not met before, or if its next
   *     key is to be taken for a new one, such as after its certificate has expired
   */
  Optional<String> pin(Endpoint peer);

  /**
   * Keeps the key of a peer that was met for the first time, when it has proved that it holds the key.
   *
   * @param peer its host and port
   * @param pin the pin of its key
   */
  void remember(Endpoint peer, String pin);
}
