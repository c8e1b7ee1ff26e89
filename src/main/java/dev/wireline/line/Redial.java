package dev.wireline.line;

import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Log;
import dev.wireline.net.Connection;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.time.Duration;

/** Dials a client again until it is connected, no wait helps, or the time of the backoff is over. */
final class Redial {
  private final LineClient client;
  private final Backoff backoff;
  private final Deadline end;

  Redial(LineClient client, Backoff backoff) {
    this.client = client;
    this.backoff = backoff;
    this.end = Deadline.after(backoff.total(), Phase.CONNECT, "total");
  }

  void run() throws IOException {
    Deadline before = client.limit(end);
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

  /** One try, and the wait after it; what it ended by is thrown where that wait is the time that is left. */
  private boolean isConnected(Duration wait) throws IOException {
    client.startAnew();
    try {
      client.connect();
      return true;
    } catch (ConnectFailedException | ConnectionClosedException | DeadlineExceededException e) {
      if (client.state() == Connection.State.CLOSED || end.remainingNanos() <= wait.toNanos()) {
        throw e;
      }
      Log.debug("dialling {} again in {} ms: {}", client.endpoint(), wait.toMillis(), e.getMessage());
    }
    client.pause(wait);
    return false;
  }
}
