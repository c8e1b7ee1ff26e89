package dev.wireline.ftp;

import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import dev.wireline.net.Layer;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Passes on all bytes of a data connection, and triggers a keep-alive now and then. */
final class Heartbeat implements Layer {
  private final Duration interval;
  private final Runnable sign;
  private Deadline next;

  Heartbeat(Duration interval, Runnable sign) {
    this.interval = interval;
    this.sign = sign;
    this.next = Deadline.after(interval, Phase.WRITE);
  }

  @Override
  public void receive(ByteBuffer from, ByteBuffer into) {
    pass(from, into);
  }

  @Override
  public void send(ByteBuffer from, ByteBuffer into) {
    pass(from, into);
  }

  @Override
  public void flush(ByteBuffer into) {
    // Nothing is held back.
  }

  private void pass(ByteBuffer from, ByteBuffer into) {
    int some = Math.min(from.remaining(), into.remaining());
    into.put(from.slice().limit(some));
    from.position(from.position() + some);
    if (next.isExpired()) {
      next = Deadline.after(interval, Phase.WRITE);
      sign.run();
    }
  }
}
