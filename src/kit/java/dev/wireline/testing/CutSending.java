package dev.wireline.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Sends a number of bytes and no more: then it hangs up, and hears the client out. */
final class CutSending implements Sending {

  private static final int SHOWN_BYTES = 30;

  private final long limit;
  private final AtomicLong sent = new AtomicLong();
  private volatile byte[] last = {};

  CutSending(long limit) {
    this.limit = limit;
  }

  @Override
  public void send(PeerConnection connection, byte[] bytes) throws IOException {
    int count = (int) Math.min(bytes.length, limit - sent.get());
    last = Arrays.copyOf(bytes, count);
    // Counted before: a client may have read it all when the write returns.
    long all = sent.addAndGet(count);
    connection.write(last);
    if (all == limit) {
      connection.cutOutput();
      // A close with unread bytes would be a reset, which is easier to notice than an end.
      connection.input().transferTo(OutputStream.nullOutputStream());
      throw new IOException("cut");
    }
  }

  long sent() {
    return sent.get();
  }

  /** Shows the last that was said. */
  String place() {
    byte[] said = last;
    int from = Math.max(said.length - SHOWN_BYTES, 0);
    String shown = Escaped.bytes(Arrays.copyOfRange(said, from, said.length));
    return said.length == 0
        ? "before the server said a word"
        : "at \"" + (from > 0 ? "..." : "") + shown + "\"";
  }
}
