package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import java.time.Duration;
import java.util.Optional;

/** The field Keep-Alive of a response (RFC 2068 section 19.7.1): a hint that servers still send. */
public final class KeepAlive {
  /**
   * How much earlier than the server a client lets go, since a request takes time to arrive; half of the time,
   * if that is less.
   */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private static final String TIMEOUT = "timeout=";

  private KeepAlive() {}

  /**
   * How long an idle connection is worth keeping.
   *
   * @param headers the fields of a response
   * @return somewhat less than the server's {@code timeout}; empty if there is no numeric one
   */
  public static Optional<Duration> time(Headers headers) {
    for (String element : headers.elements("Keep-Alive")) {
      long seconds = startsWithTimeout(element)
          ? Ascii.decimal(element.substring(TIMEOUT.length()), Integer.MAX_VALUE)
          : -1;
      if (seconds >= 0) {
        Duration said = Duration.ofSeconds(seconds);
        Duration half = said.dividedBy(2);
        return Optional.of(said.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD));
      }
    }
    return Optional.empty();
  }

  private static boolean startsWithTimeout(String element) {
    return element.regionMatches(true, 0, TIMEOUT, 0, TIMEOUT.length());
  }
}
