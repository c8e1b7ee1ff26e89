package dev.wireline.http.cache;

import static dev.wireline.http.cache.CacheRig.ok;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.header.Headers;
import dev.wireline.testing.RawAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores of a cache, and what a cache does with what they give. */
@Timeout(60)
class CacheStoreTest {
  private static final String LIFE = "Cache-Control: max-age=60";

  @TempDir
  private Path folder;

  private static String key(char digit) {
    return String.valueOf(digit).repeat(64);
  }

  private static byte[] bytes(int count) {
    return new byte[count];
  }

  private CacheStore store(String kind, int maxEntries, long maxBytes) {
    return kind.equals("memory")
        ? new MemoryCacheStore(maxEntries, maxBytes)
        : new FolderCacheStore(folder.resolve("cache"), maxEntries, maxBytes);
  }

  private static List<Character> kept(CacheStore store, String keys) throws IOException {
    return keys.chars()
        .mapToObj(c -> (char) c)
        .filter(digit -> get(store, digit).isPresent())
        .toList();
  }

  private static Optional<byte[]> get(CacheStore store, char digit) {
    try {
      return store.get(key(digit));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void keepWhatWasUsedLast(String kind) throws Exception {
    CacheStore store = store(kind, 2, 1000);
    store.put(key('a'), bytes(1));
    store.put(key('b'), bytes(2));
    store.get(key('a'));
    store.put(key('c'), bytes(3));

    assertThat(kept(store, "abc")).containsExactly('a', 'c');
    assertThat(store.get(key('c')))
        .hasValueSatisfying(entry -> assertThat(entry).hasSize(3));
    store.remove(key('a'));
    store.remove(key('a'));
    assertThat(kept(store, "abc")).containsExactly('c');
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void boundTheirBytes(String kind) throws Exception {
    CacheStore store = store(kind, 100, 10);
    store.put(key('a'), bytes(4));
    store.put(key('b'), bytes(4));
    store.put(key('b'), bytes(5));
    assertThat(kept(store, "ab")).containsExactly('a', 'b');
    store.put(key('c'), bytes(5));
    assertThat(kept(store, "abc")).containsExactly('b', 'c');
    store.put(key('c'), bytes(11));
    assertThat(kept(store, "abc")).containsExactly('b');
  }

  @Test
  void findAgainWhatAnEarlierProcessLeft() throws Exception {
    CacheStore earlier = store("folder", 10, 1000);
    earlier.put(key('a'), bytes(4));
    earlier.put(key('b'), bytes(4));
    Path cache = folder.resolve("cache");
    Files.setLastModifiedTime(cache.resolve(key('b') + ".cached"), FileTime.fromMillis(0));
    Files.writeString(cache.resolve("mine.txt"), "not the cache's");

    CacheStore later = store("folder", 2, 1000);
    later.put(key('c'), bytes(4));

    assertThat(kept(later, "abc")).containsExactly('a', 'c');
    assertThat(cache.resolve("mine.txt")).exists();
    if (cache.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(cache)).hasSize(3);
    }
  }

  @Test
  void touchNoFileButTheirOwn() {
    CacheStore store = store("folder", 10, 1000);

    assertThatThrownBy(() -> store.get("../" + key('a').substring(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void serveAnotherProcessFromAFolder() throws Exception {
    try (CacheRig rig = new CacheRig(store("folder", 10, 1000), ok(LIFE + "|X: \u00ff", "one"))) {
      assertThat(rig.get()).isEqualTo("200 one");
      try (CacheRig other = new CacheRig(store("folder", 10, 1000), ok("", "two"))) {
        assertThat(other.get()).isEqualTo("200 two");
      }

      assertThat(rig.get()).isEqualTo("200 one");
      assertThat(rig.send("GET", "/").header("X")).contains("\u00ff");
      assertThat(rig.asked()).isEqualTo(1);
    }
  }

  @Test
  void dropWhatAProcessLeftThatEndedWhileItWrote() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Path left = Files.createFile(cache.resolve(".wireline-7f.part"));
    Path written = Files.createFile(cache.resolve(".wireline-80.part"));
    Path other = Files.createFile(cache.resolve("notes.part"));
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(left, longAgo);
    Files.setLastModifiedTime(other, longAgo);

    store("folder", 10, 1000).put(key('a'), bytes(1));

    assertThat(left).doesNotExist();
    assertThat(written).exists();
    assertThat(other).exists();
  }

  @Test
  void keepPackedBodiesPacked() throws Exception {
    byte[] plain = "hello ".repeat(1000).getBytes(US_ASCII);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    RawAnswer answer = RawAnswer.of("HTTP/1.1 200 OK\r\n" + LIFE + "\r\nVary: Accept-Encoding\r\n"
            + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
        .and(packed.toByteArray());
    try (CacheRig rig = new CacheRig(store("memory", 10, 1000), answer, ok("", "plain"))) {
      assertThat(rig.send("GET", "/").bytes()).isEqualTo(plain);
      assertThat(rig.send("GET", "/").bytes()).isEqualTo(plain);

      assertThat(rig.asked()).isEqualTo(1);
      assertThat(rig.get("Accept-Encoding", "identity")).isEqualTo("200 plain");
    }
  }

  /** Fails in each call. */
  private record Broken(@Nullable RuntimeException failure) implements CacheStore {
    @Override
    public Optional<byte[]> get(String key) throws IOException {
      throw failed();
    }

    @Override
    public void put(String key, byte[] entry) throws IOException {
      throw failed();
    }

    @Override
    public void remove(String key) throws IOException {
      throw failed();
    }

    private IOException failed() {
      if (failure != null) {
        throw failure;
      }
      return new IOException("disk full");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void costNothingWhenTheyFail(boolean checked) throws Exception {
    Broken broken = new Broken(checked ? null : new IllegalStateException("x"));
    try (CacheRig rig = new CacheRig(broken, ok(LIFE, "one"))) {
      assertThat(rig.get()).isEqualTo("200 one");
      assertThat(rig.get()).isEqualTo("200 one");
      assertThat(rig.send("POST", "/").status()).isEqualTo(200);

      assertThat(rig.asked()).isEqualTo(3);
    }
  }

  private static StoredResponse stored() {
    Headers headers = Headers.of("Cache-Control", "max-age=60", "Vary", "X");
    String selection = StoredResponse.selection(headers, Headers.empty());
    return new StoredResponse(
        "http://a.test/",
        "1",
        selection,
        CacheRig.START,
        CacheRig.START,
        200,
        headers,
        ByteBuffer.wrap(bytes(5)));
  }

  @Test
  void areReadAsTheyWereWritten() {
    StoredResponse again = StoredResponse.decode(stored().encode()).orElseThrow();

    assertThat(again.headers()).isEqualTo(stored().headers());
    assertThat(again.encode()).isEqualTo(stored().encode());
  }

  @Test
  void areAsIfEmptyWhereBytesWereChanged() {
    byte[] entry = stored().encode();
    for (int i = 0; i < entry.length; i++) {
      byte[] changed = entry.clone();
      changed[i] ^= 0x41;
      assertThat(StoredResponse.decode(changed)).as("byte %s", i).isEmpty();
      assertThat(StoredResponse.decode(Arrays.copyOf(entry, i))).isEmpty();
    }
    assertThat(StoredResponse.decode(Arrays.copyOf(entry, entry.length + 1))).isEmpty();
  }
}
