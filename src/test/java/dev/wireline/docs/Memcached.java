package dev.wireline.docs;

// docs: memcached
import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A client of memcached's text protocol. Not thread-safe; close() may be called from any thread. */
public final class Memcached extends LineClient {
  private static final int PORT = 11211;
  private static final int MAX_KEY_BYTES = 250;
  private static final Set<String> ERRORS = Set.of("ERROR", "CLIENT_ERROR", "SERVER_ERROR");

  public Memcached(String endpoint) {
    super(endpoint, PORT);
  }

  public Memcached(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  // docs: memcached-get
  /** The value of a key, or empty where there is none. */
  public Optional<byte[]> get(String key) throws IOException {
    String command = "get " + checked(key);
    return exchange(() -> {
      writeLine(command);
      String line = answer();
      if (line.equals("END")) {
        return Optional.empty();
      }
      byte[] value = read(lengthIn(line, key));
      expect("");
      expect("END");
      return Optional.of(value);
    });
  }
  // end: memcached-get

  // docs: memcached-set
  /** Stores a value, in place of an earlier one. */
  public void set(String key, byte[] value) throws IOException {
    String command = "set " + checked(key) + " 0 0 " + value.length;
    exchange(() -> {
      writeLine(command);
      output().write(value);
      writeLine("");
      return expect("STORED");
    });
  }
  // end: memcached-set

  /** Removes a key; false where there was none. */
  public boolean delete(String key) throws IOException {
    String command = "delete " + checked(key);
    return exchange(() -> {
      writeLine(command);
      String line = answer();
      if (!line.equals("DELETED") && !line.equals("NOT_FOUND")) {
        throw malformed("the answer to delete is DELETED or NOT_FOUND", line);
      }
      return line.equals("DELETED");
    });
  }

  // docs: memcached-answer
  /** Reads a line that is no error. */
  private String answer() throws IOException {
    String line = readLine();
    int space = line.indexOf(' ');
    String first = space < 0 ? line : line.substring(0, space);
    if (ERRORS.contains(first)) {
      throw new MemcachedRefusal(endpoint(), line);
    }
    return line;
  }

  private String expect(String wanted) throws IOException {
    String line = answer();
    if (!line.equals(wanted)) {
      throw malformed("the line must be \"" + wanted + "\"", line);
    }
    return line;
  }

  /** The number in {@code VALUE key flags number}. */
  private int lengthIn(String line, String key) throws IOException {
    String[] words = line.split(" ", -1);
    if (words.length != 4 || !words[0].equals("VALUE") || !words[1].equals(key)) {
      throw malformed("a value starts with VALUE, the key, flags and a length", line);
    }
    try {
      int length = Integer.parseInt(words[3]);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Said below, with the line.
    }
    throw malformed("a length is a number from 0", line);
  }
  // end: memcached-answer

  // docs: memcached-key
  /** writeLine refuses CR, LF and NUL; what else a key must not have is this protocol's business. */
  private static String checked(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
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
  // end: memcached-key
}
// end: memcached
