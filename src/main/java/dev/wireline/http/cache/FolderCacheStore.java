package dev.wireline.http.cache;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A store in a folder of its own, one file per entry, which later processes find again. The least recently used
 * entries make room for new ones; entries of an earlier process count by the time they were written.
 *
 * <p>The folder is created on first use, accessible only to its owner if the file system supports that. File
 * names reveal nothing about URLs; the files hold URLs, fields and bodies as they came. Several processes may
 * share a folder: each keeps its own count for the limits. Thread-safe.
 */
public final class FolderCacheStore implements CacheStore {
  /** The default limit of entries: 10000. */
  public static final int MAX_ENTRIES = 10_000;

  /** The default limit of bytes of all entries: 256 MiB. */
  public static final long MAX_BYTES = 256 << 20;

  private static final String SUFFIX = ".cached";
  private static final int KEY_DIGITS = 64;
  private static final Duration LONGEST_WRITE = Duration.ofDays(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
  private final Path folder;
  private final int maxEntries;
  private final long maxBytes;
  private long bytes;
  private boolean opened;

  /**
   * Creates a store with the default limits.
   *
   * @param folder the folder, which need not exist; nothing is touched yet
   */
  public FolderCacheStore(Path folder) {
    this(folder, MAX_ENTRIES, MAX_BYTES);
  }

  /**
   * Creates a store.
   *
   * @param folder the folder, which need not exist; nothing is touched yet
   * @param maxEntries the most entries, 1 or more
   * @param maxBytes the most bytes of all entries, 1 or more
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public FolderCacheStore(Path folder, int maxEntries, long maxBytes) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.maxEntries = Bounds.check("maxEntries", maxEntries);
    this.maxBytes = Bounds.check("maxBytes", maxBytes);
  }

  @Override
  public Optional<byte[]> get(String key) throws IOException {
    Path file = file(key);
    try {
      boolean fits = Files.size(file) <= maxBytes;
      byte[] entry = fits ? Files.readAllBytes(file) : null;
      if (entry != null) {
        count(key, entry.length);
      }
      return Optional.ofNullable(entry);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void put(String key, byte[] entry) throws IOException {
    Objects.requireNonNull(entry, "entry");
    Path file = file(key);
    if (entry.length > maxBytes) {
      remove(key);
      return;
    }
    count(key, entry.length);
    WholeFile.at(file).write(out -> out.write(entry));
  }

  @Override
  public void remove(String key) throws IOException {
    Path file = file(key);
    lock.lock();
    try {
      forget(key);
    } finally {
      lock.unlock();
    }
    Files.deleteIfExists(file);
  }

  private Path file(String key) {
    Objects.requireNonNull(key, "key");
    if (!isKey(key)) {
      throw new IllegalArgumentException("a key is 64 hexadecimal digits in lower case");
    }
    return folder.resolve(key + SUFFIX);
  }

  private static boolean isKey(String name) {
    return name.length() == KEY_DIGITS
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Records that an entry is used; others make room for it. */
  private void count(String key, long size) throws IOException {
    lock.lock();
    try {
      open();
      forget(key);
      sizes.put(key, size);
      bytes += size;
      for (String eldest : tooMany()) {
        Files.deleteIfExists(file(eldest));
      }
    } finally {
      lock.unlock();
    }
  }

  private void forget(String key) {
    Long old = sizes.remove(key);
    bytes -= old == null ? 0 : old;
  }

  private List<String> tooMany() {
    List<String> removed = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> eldest = sizes.entrySet().iterator();
    while (sizes.size() > maxEntries || bytes > maxBytes) {
      Map.Entry<String, Long> entry = eldest.next();
      removed.add(entry.getKey());
      bytes -= entry.getValue();
      eldest.remove();
    }
    return removed;
  }

  private void open() throws IOException {
    if (!opened) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, forTheOwner());
      }
      for (Found found : found()) {
        sizes.put(found.key, found.size);
        bytes += found.size;
      }
      opened = true;
    }
  }

  private static FileAttribute<?>[] forTheOwner() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** What earlier processes left, oldest first. */
  private List<Found> found() throws IOException {
    List<Found> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        String key =
            name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
        if (isKey(key)) {
          all.add(new Found(key, Files.size(file), Files.getLastModifiedTime(file)));
        } else if (WholeFile.isPart(name) && isLeft(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
    all.sort(Comparator.comparing(Found::written));
    return all;
  }

  /**
   * Whether a process ended while it was writing: the file of one that is still writing is less than a day
   * older than the last change of the folder.
   */
  private boolean isLeft(Path part) throws IOException {
    Instant written = Files.getLastModifiedTime(part).toInstant();
    Instant changed = Files.getLastModifiedTime(folder).toInstant();
    return written.plus(LONGEST_WRITE).isBefore(changed);
  }

  private record Found(String key, long size, FileTime written) {}
}
