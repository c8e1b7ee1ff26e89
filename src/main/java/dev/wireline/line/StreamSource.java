package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import dev.wireline.internal.Unread;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Any stream of bytes, up to its end. */
final class StreamSource extends BulkSource {
  private final InputStream in;
  private final Endpoint endpoint;
  private final InputBuffer buffer = new InputBuffer();
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  StreamSource(InputStream in, Endpoint endpoint) {
    super(new Turn("reading"));
    this.in = in;
    this.endpoint = endpoint;
  }

  @Override
  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  Unread unread() {
    return buffer;
  }

  @Override
  void take(Activity activity) throws WirelineException {
    if (!turn.tryTake()) {
      Throwable left = turn.leftBy();
      if (left != null) {
        fail(left);
        checkOpen(activity);
      }
      throw turn.refusal();
    }
  }

  @Override
  boolean takeToClose(Activity activity) {
    try {
      take(activity);
      return true;
    } catch (WirelineException e) {
      return false;
    }
  }

  @Override
  void leave(Throwable why) {
    boolean harmless = why instanceof WirelineException known
        ? known.connectionUsable()
        : why instanceof TurnTakenException;
    if (!harmless) {
      fail(why);
    }
    turn.giveLeft();
  }

  @Override
  boolean fill(Deadline deadline, Activity activity) throws IOException {
    ByteBuffer room = buffer.room();
    int at = room.arrayOffset() + room.position();
    int count = read(room.array(), at, room.remaining(), deadline, activity);
    if (count > 0) {
      buffer.received(count);
    }
    return count > 0;
  }

  @Override
  int read(byte[] into, int offset, int length, Deadline deadline, Activity activity)
      throws IOException {
    if (deadline.isExpired()) {
      throw deadline.exceeded(endpoint, activity, "was not at its end after", "");
    }
    int count = in.read(into, offset, length);
    if (count != 0) {
      return count;
    }
    // There are streams that now and then return nothing.
    int octet = in.read();
    if (octet >= 0) {
      into[offset] = (byte) octet;
    }
    return octet < 0 ? -1 : 1;
  }

  @Override
  boolean isOpen() {
    return !closed && failure == null && turn.leftBy() == null;
  }

  @Override
  void checkOpen(Activity activity) throws WirelineException {
    Throwable first = failure;
    if (first != null || closed) {
      String happened = first == null
          ? "this stream was closed"
          : "this stream was given up after an earlier failure (" + first.getMessage() + ")";
      throw new ClientClosedException(endpoint, activity, happened, first);
    }
  }

  @Override
  void fail(Throwable why) {
    if (failure == null && !closed) {
      failure = why;
    }
    close();
  }

  @Override
  void close() {
    closed = true;
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is lost of what was read.
    }
  }

  @Override
  <E extends WirelineException> E told(E failure) {
    return failure;
  }

  /** Closes the stream: a peer may wait for that before it reports success on another connection. */
  @Override
  void takeBack(BulkReader content) {
    close();
  }

  @Override
  void tell(String what) {}
}
