package dev.wireline.line;

import java.io.IOException;
import java.util.Optional;

/** A protocol of one's own, as the design shows it: a part of memcached's text protocol. */
public final class Memcached extends LineClient {
  public Memcached(String endpoint) {
    super(endpoint, 11211);
  }

  public Optional<byte[]> get(String key) throws IOException {
    writeLine("get " + checked(key));
    String line = readLine();
    if (line.equals("END")) return Optional.empty();
    byte[] value = read(lengthIn(line));
    readLine();
    readLine();
    return Optional.of(value);
  }

  /** As {@link #get}, but an answer that makes no sense breaks the connection too. */
  public Optional<byte[]> find(String key) throws IOException {
    return exchange(() -> get(key));
  }

  private static String checked(String key) {
    if (key.isEmpty() || key.length() > 250 || key.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a key is 1 to 250 characters without a space");
    }
    return key;
  }

  private int lengthIn(String line) throws IOException {
    String[] words = line.split(" ", -1);
    if (words.length != 4 || !words[0].equals("VALUE")) {
      throw malformed("an answer is VALUE key flags length, or END", line);
    }
    try {
      return Integer.parseUnsignedInt(words[3]);
    } catch (NumberFormatException e) {
      throw malformed("a length is a number", line);
    }
  }
}
