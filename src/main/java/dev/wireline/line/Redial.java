package dev.wireline.line;

import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Log;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Redials a client until it is connected, waiting cannot help, or the time of the backoff is over. */
final class Redial {
  private final LineClient client;
  private final Backoff backoff;
  private final Deadline end;
  private @Nullable WirelineException last;

  Redial(LineClient client, Backoff backoff) {
    this.client = client;
    this.backoff = backoff;
    this.end = Deadline.after(backoff.total(), Phase.CONNECT, "total");
  }

  void run() throws IOException {
    Deadline before = client.limit();
    try {
      client.limit(end.earlier(before));
      int tries = 1;
      while (!isConnected(backoff.pause(tries))) {
        tries++;
      }
    } finally {
      client.limit(before);
    }
  }

  /** One attempt, and the wait after it; throws its failure if there is no time left for the wait. */
  private boolean isConnected(Duration wait) throws IOException {
    WirelineException before = last;
    if (before != null && end.isExpired()) {
      throw before;
    }
    client.startOver();
    try {
      client.connect();
      return true;
    } catch (ConnectFailedException | ConnectionClosedException | DeadlineExceededException e) {
      if (client.state() == ConnectionState.CLOSED || end.remainingNanos() <= wait.toNanos()) {
        // The failure of an attempt that had little time says less than the one before it.
        throw before == null ? e : suppressing(e, before);
      }
      last = e;
      Log.debug(
          "dialling {} again in {} ms: {}", client.endpoint(), wait.toMillis(), e.getMessage());
    }
    client.pause(wait);
    return false;
  }

  private static WirelineException suppressing(WirelineException e, WirelineException before) {
    e.addSuppressed(before);
    return e;
  }
}
