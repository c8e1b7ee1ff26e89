package dev.wireline.examples;

import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import java.time.Duration;

/** Options of a client that does not wait long, for peers that do not answer. */
final class Hurried {
  private static final Duration QUARTER = Duration.ofMillis(250);

  private Hurried() {}

  static LineOptions options() {
    Dialer dialer = Dialer.builder().silenceTimeout(QUARTER).tlsTimeout(QUARTER).build();
    return LineOptions.builder().dialer(dialer).transferTimeout(QUARTER).build();
  }
}
