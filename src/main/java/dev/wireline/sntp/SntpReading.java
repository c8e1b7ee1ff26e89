package dev.wireline.sntp;

import java.time.Duration;
import java.util.Objects;

/**
 * What a time server said. Immutable.
 *
 * @param offset what is to be added to the local clock, negative if that is ahead
 * @param delay the time of the way there and back
 * @param stratum 1 for a server with a reference clock, to 15
 * @param leap 1 if the last minute of the day has 61 seconds, 2 if it has 59, else 0
 * @param rootDistance how far the server's clock may be off its reference, as it says: half of the delay there
 *     and the dispersion (RFC 5905, section 11.2)
 */
public record SntpReading(
    Duration offset, Duration delay, int stratum, int leap, Duration rootDistance) {
  /**
   * What a time server said.
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
