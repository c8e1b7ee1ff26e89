package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.InputBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a wire takes in from its transport: the bytes, the wait for them, and their end. */
final class Intake {
  /** A deadline for no wait at all, which an interrupt does not end. */
  private static final Deadline NO_WAIT = Deadline.after(Duration.ZERO, Phase.READ);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Wire wire;
  private volatile boolean ended;
  private long taken;

  /** Says when a wait that may end without a failure must end. */
  private @Nullable BooleanSupplier stops;

  /** A failure met without waiting, while earlier input was unread. */
  private @Nullable IOException late;

  /** What a failed write found; separate, since the buffer belongs to the reading thread. */
  private ByteBuffer found = NOTHING;

  Intake(Wire wire) {
    this.wire = wire;
  }

  /** Sets what ends the next waits early; null for nothing. */
  void stopBy(@Nullable BooleanSupplier value) {
    stops = value;
  }

  /** How many bytes have come in all. */
  long taken() {
    return taken;
  }

  /**
   * Takes what is there without waiting: the count, 0 for nothing now, -1 at the end. A failure is thrown only
   * after what had come before it, which the peer did say.
   */
  int take(Transport transport, ByteBuffer into, Activity activity) throws WirelineException {
    return take(transport, into, NO_WAIT, activity, false);
  }

  /** Whether what a failed write found must still be taken. */
  boolean hasFound() {
    return found.hasRemaining();
  }

  /** Whether the input has ended. */
  boolean isEnded() {
    return ended;
  }

  /**
   * Checks without waiting, for a failed write, whether something has come; the taker gets it next.
   *
   * @param unread whether bytes are in memory that came before
   * @throws SSLException what the peer said by an alert, if nothing had come before
   */
  boolean find(Transport transport, boolean unread) throws SSLException {
    if (found.hasRemaining() || late != null || ended) {
      return found.hasRemaining() || unread;
    }
    ByteBuffer piece = ByteBuffer.allocate(InputBuffer.FIRST_SIZE);
    try {
      transport.read(piece);
    } catch (SSLException e) {
      if (!unread) {
        throw e;
      }
      late = e;
    } catch (IOException e) {
      // The write has its failure already, and a read meets this one again.
    }
    found = piece.flip();
    return unread || found.hasRemaining();
  }

  /** Starts over above another transport, which has what was found and the end. */
  byte[] hand() {
    byte[] bytes = new byte[found.remaining()];
    found.get(bytes);
    found = NOTHING;
    late = null;
    ended = false;
    return bytes;
  }

  private int read(Transport transport, ByteBuffer into) throws IOException {
    ByteBuffer before = found;
    if (!before.hasRemaining()) {
      return transport.read(into);
    }
    int count = Math.min(into.remaining(), before.remaining());
    into.put(before.slice().limit(count));
    before.position(before.position() + count);
    if (!before.hasRemaining()) {
      found = NOTHING;
    }
    return count;
  }

  /**
   * Waits for input if there is none.
   *
   * @param mustCome whether silence and the deadline are failures
   * @return the count, 0 at the deadline, -1 at a clean end
   */
  int take(
      Transport transport, ByteBuffer into, Deadline asked, Activity activity, boolean mustCome)
      throws WirelineException {
    if (ended) {
      return atEnd();
    }
    Deadline deadline = asked == NO_WAIT ? asked : wire.within(asked, activity);
    try {
      if (late != null && !found.hasRemaining()) {
        throw late;
      }
      int count = read(transport, into);
      if (count == 0 && deadline != NO_WAIT) {
        count = await(transport, into, asked, activity, mustCome);
      } else if (count > 0 && deadline != NO_WAIT) {
        checkGoesOn(transport, deadline, activity, mustCome);
      }
      taken += Math.max(0, count);
      if (count < 0) {
        // The peer's answer to our own close is not its end.
        wire.open(activity);
        ended = true;
        return atEnd();
      }
      return count;
    } catch (IOException e) {
      if (deadline == NO_WAIT && wire.input().buffered() > 0 && !transport.isClosed()) {
        late = e;
        return -1;
      }
      throw wire.failed(e, activity, wire.input().unread());
    } catch (RuntimeException | Error e) {
      // Nobody knows how much of it was taken.
      wire.fail(e);
      throw e;
    }
  }

  /** On a connection that a write has given up, there is nothing more to wait for. */
  private int atEnd() {
    if (wire.input().buffered() == 0) {
      wire.endReadingOn();
    }
    return -1;
  }

  /** A peer that always has bytes ready must outrun neither a deadline nor an interrupt. */
  private void checkGoesOn(
      Transport transport, Deadline deadline, Activity activity, boolean mustCome)
      throws IOException {
    boolean late = mustCome && deadline.isExpired();
    if (late || Thread.currentThread().isInterrupted()) {
      Wait wait = new Wait(wire.endpoint(), activity, deadline);
      wait.left(transport);
      if (late) {
        throw wait.exceeded(wire.input().unreadFact());
      }
    }
  }

  private int await(
      Transport transport, ByteBuffer into, Deadline asked, Activity activity, boolean mustCome)
      throws IOException {
    long silence = mustCome ? wire.silenceNanos() : Long.MAX_VALUE;
    Deadline deadline = wire.within(asked, activity);
    Wait wait = new Wait(wire, activity, deadline, silence);
    int count = 0;
    while (count == 0) {
      long nanos = wait.left(transport);
      if (!mustCome && stops != null && stops.getAsBoolean()) {
        return 0;
      }
      if (nanos > 0) {
        transport.awaitInput(nanos);
        count = read(transport, into);
        continue;
      }
      // A dialogue of another thread may have ended in time meanwhile: its deadline is none any
      // more.
      Deadline now = deadline.isExpired() ? wire.within(asked, activity) : deadline;
      if (deadline.isExpired() && !now.isExpired()) {
        deadline = now;
        wait = wait.until(now);
      } else if (mustCome) {
        throw wait.exceeded(wire.input().unreadFact());
      } else {
        return 0;
      }
    }
    return count;
  }
}
