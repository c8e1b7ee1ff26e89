package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Blocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A client of memcached's text protocol.
 *
 * <p>An answer such as {@code SERVER_ERROR out of memory} is a {@link ReplyException}, and the
 * connection goes on. Not thread-safe; {@code close()} may be called from any thread.
 */
public final class Memcached extends LineClient {
  private static final int PORT = 11211;
  private static final int MAX_KEY_BYTES = 250;
  private static final Set<String> ERRORS = Set.of("ERROR", "CLIENT_ERROR", "SERVER_ERROR");

  private final Blocks blocks = Blocks.of(this);

  public Memcached(String endpoint) {
    super(endpoint, PORT);
  }

  public Memcached(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  /** Its commands alone speak: a line from outside would leave an answer behind for the next of them. */
  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** The value of a key, or empty where there is none. */
  public Optional<byte[]> get(String key) throws IOException {
    return Optional.ofNullable(get(List.of(key)).get(key));
  }

  /** The values of those of the keys that have one. */
  public Map<String, byte[]> get(Collection<String> keys) throws IOException {
    Set<String> wanted = new LinkedHashSet<>();
    keys.forEach(key -> wanted.add(checked(key)));
    if (wanted.isEmpty()) {
      return Map.of();
    }
    return exchange(() -> {
      writeLine("get " + String.join(" ", wanted));
      Map<String, byte[]> found = new LinkedHashMap<>();
      for (String line = answer(); !line.equals("END"); line = answer()) {
        Words words = Words.of(this, line).expect("VALUE");
        String key = words.next();
        if (!wanted.remove(key)) {
          throw malformed("a value has a key that was asked for, and comes once", line);
        }
        words.number(); // the flags
        long length = blocks.parseLength(words.next());
        words.end();
        found.put(key, blocks.readLine(length));
      }
      return found;
    });
  }

  /** Stores a value, in place of an earlier one. */
  public void set(String key, byte[] value) throws IOException {
    String line = "set " + checked(key) + " 0 0 " + value.length;
    Message set = Message.of().line(line).data(value).line("");
    exchange(() -> {
      set.writeTo(this);
      return oneOf("STORED");
    });
  }

  /** Removes a key; false where there was none. */
  public boolean delete(String key) throws IOException {
    String command = "delete " + checked(key);
    return exchange(() -> {
      writeLine(command);
      return oneOf("DELETED", "NOT_FOUND").equals("DELETED");
    });
  }

  /** Adds to a number of 64 bits without a sign; gives the sum, or empty where there is no such key. */
  public OptionalLong increment(String key, long by) throws IOException {
    String command = "incr " + checked(key) + " " + Long.toUnsignedString(by);
    return exchange(() -> {
      writeLine(command);
      String line = answer();
      return line.equals("NOT_FOUND") ? OptionalLong.empty() : OptionalLong.of(number(line));
    });
  }

  /** Reads a line that is no error. */
  private String answer() throws IOException {
    String line = readLine();
    if (!line.isEmpty() && ERRORS.contains(Words.of(this, line).next())) {
      throw refused(line);
    }
    return line;
  }

  private String oneOf(String... expected) throws IOException {
    String line = answer();
    if (!List.of(expected).contains(line)) {
      throw malformed("the answer is " + String.join(" or ", expected), line);
    }
    return line;
  }

  private long number(String line) throws IOException {
    try {
      if (line.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Long.parseUnsignedLong(line);
      }
    } catch (NumberFormatException e) {
      // Said below, with the line.
    }
    throw malformed("a sum is a number of 64 bits", line);
  }

  /** A message refuses CR, LF and NUL; what else a key must not have is this protocol's business. */
  private static String checked(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException("a key has 1 to 250 bytes, not " + bytes.length);
    }
    for (byte b : bytes) {
      if ((b >= 0 && b <= ' ') || b == 0x7F) {
        throw new IllegalArgumentException("a key has no blank and no control character");
      }
    }
    return key;
  }
}
