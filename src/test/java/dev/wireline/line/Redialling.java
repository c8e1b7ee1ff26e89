package dev.wireline.line;

import java.io.IOException;
import java.time.Duration;

/** A client whose exchanges do not depend on each other. */
final class Redialling extends LineClient {
  static final Backoff QUICK = Backoff.standard()
      .withFirstWait(Duration.ofMillis(1))
      .withMaxWait(Duration.ofMillis(20))
      .withTotal(Duration.ofSeconds(30));

  Redialling(String endpoint) {
    super(endpoint);
  }

  void redial() throws IOException {
    redial(QUICK);
  }

  void again(Backoff backoff) throws IOException {
    redial(backoff);
  }
}
