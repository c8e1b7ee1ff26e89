package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.internal.TimeText;
import dev.wireline.net.Deadline;
import java.time.Duration;

/**
 * The least rate of a streamed body: a number of bytes for each period spent waiting for them. Not thread-safe.
 *
 * <p>A new period begins as soon as the bytes are there, so that a fast start earns no credit. Time between two
 * reads does not count.
 */
final class BodyPace {
  private final long leastBytes;
  private final Duration window;
  private final long windowNanos;
  private Deadline begun = Deadline.NEVER;
  private long waited;
  private long bytes;

  BodyPace(long leastBytes, Duration window) {
    this.leastBytes = leastBytes;
    this.window = window;
    this.windowNanos = TimeText.nanos(window);
  }

  /** Begins to wait; the deadline is the end of the period. */
  Deadline begin() {
    begun = Deadline.after(Duration.ofNanos(windowNanos - waited), Phase.BODY, "leastRate");
    return begun;
  }

  /** Ends the wait with so many bytes, or -1 at the end; false if the period is over. */
  boolean end(int count) {
    waited += begun.elapsed().toNanos();
    bytes += Math.max(0, count);
    if (bytes < leastBytes && count >= 0) {
      return waited < windowNanos;
    }
    waited = 0;
    bytes = 0;
    return true;
  }

  DeadlineExceededException exceeded(Endpoint endpoint) {
    Duration elapsed = Duration.ofNanos(waited);
    String happened = bytes + " bytes came in " + TimeText.of(elapsed) + ", and the leastRate is "
        + leastBytes + " in " + TimeText.of(window);
    return new DeadlineExceededException(
        endpoint, BodyStream.BODY, Phase.BODY, "leastRate", happened, elapsed);
  }
}
