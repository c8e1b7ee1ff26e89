package dev.wireline.http.cache;

import java.io.IOException;
import java.util.Optional;

/**
 * Where an {@link HttpCache} stores its entries: bytes under keys. Only the cache knows what they mean.
 *
 * <p>A store may forget any entry at any time, and must limit its own size. If it throws, the caller of the
 * agent is not affected: the cache goes on as if there were no entry. Implementations must be thread-safe.
 */
public interface CacheStore {
  /**
   * Returns an entry.
   *
   * @param key 64 hexadecimal digits in lower case
   * @return what was last stored under that key, which must not be changed; empty if there is nothing
   * @throws IOException if the store failed
   */
  Optional<byte[]> get(String key) throws IOException;

  /**
   * Stores an entry, replacing an earlier one. A partial entry is never visible.
   *
   * @param key as above
   * @param entry the bytes, which must not be changed afterwards
   * @throws IOException if the store failed; the earlier entry may be gone
   */
  void put(String key, byte[] entry) throws IOException;

  /**
   * Forgets an entry; does nothing if there is none.
   *
   * @param key as above
   * @throws IOException if the store failed
   */
  void remove(String key) throws IOException;
}
