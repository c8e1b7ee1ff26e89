package dev.wireline.http.cache;

import dev.wireline.internal.Bounds;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A store in memory. The least recently used entries make room for new ones. Thread-safe. */
public final class MemoryCacheStore implements CacheStore {
  /** The default limit of entries: 1000. */
  public static final int MAX_ENTRIES = 1000;

  /** The default limit of bytes of all entries: 64 MiB. */
  public static final long MAX_BYTES = 64 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int maxEntries;
  private final long maxBytes;
  private long bytes;

  /** Creates an empty store with the default limits. */
  public MemoryCacheStore() {
    this(MAX_ENTRIES, MAX_BYTES);
  }

  /**
   * Creates an empty store.
   *
   * @param maxEntries the most entries, 1 or more
   * @param maxBytes the most bytes of all entries, 1 or more
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public MemoryCacheStore(int maxEntries, long maxBytes) {
    this.maxEntries = Bounds.check("maxEntries", maxEntries);
    this.maxBytes = Bounds.check("maxBytes", maxBytes);
  }

  @Override
  public Optional<byte[]> get(String key) {
    Objects.requireNonNull(key, "key");
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(String key, byte[] entry) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(entry, "entry");
    lock.lock();
    try {
      drop(key);
      if (entry.length <= maxBytes) {
        entries.put(key, entry);
        bytes += entry.length;
        makeRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    Iterator<byte[]> eldest = entries.values().iterator();
    while (entries.size() > maxEntries || bytes > maxBytes) {
      bytes -= eldest.next().length;
      eldest.remove();
    }
  }

  @Override
  public void remove(String key) {
    Objects.requireNonNull(key, "key");
    lock.lock();
    try {
      drop(key);
    } finally {
      lock.unlock();
    }
  }

  private void drop(String key) {
    byte[] old = entries.remove(key);
    bytes -= old == null ? 0 : old.length;
  }
}
