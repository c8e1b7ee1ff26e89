package dev.wireline.http.cache;

import java.io.IOException;
import java.util.Optional;

/**
 * Where an {@link HttpCache} keeps what it stored: bytes under keys. What they mean is the cache's alone.
 *
 * <p>A store may forget any entry at any time, and bounds itself. What it throws costs the caller of the agent
 * nothing: the cache goes on as if there were no entry. Whoever implements it makes it thread-safe.
 */
public interface CacheStore {
  /**
   * An entry.
   *
   * @param key 64 hexadecimal digits in lower case
   * @return what was put last under that key, which nobody changes; empty if there is none
   * @throws IOException if the store failed
   */
  Optional<byte[]> get(String key) throws IOException;

  /**
   * Keeps an entry, in place of an earlier one. Nobody sees a part of it.
   *
   * @param key as above
   * @param entry the bytes, which nobody changes afterwards
   * @throws IOException if the store failed; the earlier entry may be gone
   */
  void put(String key, byte[] entry) throws IOException;

  /**
   * Forgets an entry; one that is not there changes nothing.
   *
   * @param key as above
   * @throws IOException if the store failed
   */
  void remove(String key) throws IOException;
}
