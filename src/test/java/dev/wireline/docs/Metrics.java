package dev.wireline.docs;

import dev.wireline.line.Backoff;
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

// docs: metrics
/** Sends numbers to a server that never answers. */
public final class Metrics extends LineClient {
  private static final Backoff BACKOFF = Backoff.standard().withTotal(Duration.ofSeconds(20));

  public Metrics(String endpoint) {
    super(endpoint, 2003);
  }

  public void send(String name, long value, Instant at) throws IOException {
    if (!isQuiet()) {
      redial(BACKOFF);
    }
    writeLine(name + " " + value + " " + at.getEpochSecond());
  }
}
// end: metrics
