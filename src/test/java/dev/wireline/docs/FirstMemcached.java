package dev.wireline.docs;

// docs: memcached-first
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.util.Optional;

public final class FirstMemcached extends LineClient {
  public FirstMemcached(String endpoint) {
    super(endpoint, 11211);
  }

  public Optional<byte[]> get(String key) throws IOException {
    writeLine("get " + key);
    String line = readLine();
    if (line.equals("END")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    byte[] value = read(length);
    readLine(); // the end of the value's line
    readLine(); // END
    return Optional.of(value);
  }
}
// end: memcached-first
