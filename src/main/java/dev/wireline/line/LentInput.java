package dev.wireline.line;

import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import java.time.Duration;

/** Something of a known end that was lent a client's input: the next read of anything else closes it. */
interface LentInput {
  /** The most of an unread rest that is read so that the connection can go on. */
  int MAX_DRAINED_BYTES = 64 * 1024;

  /** How long the rest is waited for. */
  Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

  /** The end of the wait for a rest, from now. */
  static Deadline drainDeadline() {
    return Deadline.after(DRAIN_TIMEOUT, Phase.READ);
  }

  /** Drops the rest, or the connection. */
  void close();
}
