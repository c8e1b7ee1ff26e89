package dev.wireline.sntp;

import java.time.Duration;
import java.util.Objects;

/**
 * The answer of a time server. Immutable.
 *
 * @param offset what to add to the local clock; negative if that is ahead
 * @param delay the round-trip time
 * @param stratum 1 for a server with a reference clock, up to 15
 * @param leap 1 if the last minute of the day has 61 seconds, 2 if it has 59, else 0
 * @param rootDistance how far the server's clock may be off its reference, by its own account: half of its root
 *     delay plus its dispersion (RFC 5905, section 11.2)
 */
public record SntpReading(
    Duration offset, Duration delay, int stratum, int leap, Duration rootDistance) {
  /**
   * Creates a reading.
   *
   * @param offset as above
   * @param delay as above
   * @param stratum as above
   * @param leap as above
   * @param rootDistance as above
   */
  public SntpReading {
    Objects.requireNonNull(offset, "offset");
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(rootDistance, "rootDistance");
  }
}
