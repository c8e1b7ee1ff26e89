package dev.wireline.testing;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What a server says again and again while it waits. Not thread-safe. */
final class Repetition {

  /** Says it once. */
  @FunctionalInterface
  interface Speech {
    void say() throws IOException;
  }

  private final long period;
  private final Speech speech;
  private long due;

  Repetition(Duration period, Speech speech) {
    this.period = Guard.nanos(period);
    this.speech = speech;
    this.due = System.nanoTime() + this.period;
  }

  /** Reads a byte, and waits for it meanwhile. */
  int read(PeerConnection client) throws IOException {
    try {
      while (true) {
        sayIfDue();
        client.limitReads(Duration.ofNanos(due - System.nanoTime()));
        try {
          return client.read();
        } catch (SocketTimeoutException e) {
          due = Math.min(due, System.nanoTime());
        }
      }
    } finally {
      client.unlimitReads();
    }
  }

  /** Does nothing else for a time, or until the connection or the server is closed on this side. */
  void hold(PeerConnection client, Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + Guard.nanos(time);
    while (!client.isClosed() && end - System.nanoTime() > 0) {
      sayIfDue();
      long now = System.nanoTime();
      client.hold(Duration.ofNanos(Math.min(end - now, due - now)));
    }
  }

  private void sayIfDue() throws IOException {
    if (System.nanoTime() - due >= 0) {
      speech.say();
      due = System.nanoTime() + period;
    }
  }
}
