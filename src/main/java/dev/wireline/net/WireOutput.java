package dev.wireline.net;

import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a {@link Wire}. A write is sent at once and in full, or throws.
 *
 * <p>What the peer said takes precedence over a failed write. If the peer takes no more bytes but has said
 * something that is still unread, the write returns as if it had succeeded, so that the next read can return
 * it; the write after that throws. If the peer had said nothing, the first write throws. Bytes that had arrived
 * by then can still be read, and a thread that is waiting for input goes on to the end of it.
 *
 * <p>It is an {@link OutputStream} too, for {@code DataOutputStream} and the like; {@code flush()} has nothing
 * to do. Not thread-safe: one thread writes at a time.
 */
public final class WireOutput extends OutputStream {
  private static final int KEPT_VIEW = 16 * 1024;

  private final Wire wire;
  private final Turn turn = new Turn("writing");
  private ByteBuffer view = ByteBuffer.allocate(0);
  private volatile boolean shut;

  /** The failure of a write that was not thrown, because what the peer had said before was unread. */
  private volatile @Nullable WirelineException refusal;

  /** The same, until a watch has been told. */
  private volatile @Nullable WirelineException unheard;

  WireOutput(Wire wire) {
    this.wire = wire;
  }

  Turn turn() {
    return turn;
  }

  /**
   * Whether a write failed without throwing, because what the peer said before comes first.
   *
   * @return true after a write that failed and did not throw
   */
  @NotFrozen
  public boolean isRefused() {
    return refusal != null;
  }

  /** The failure of a write that nobody has been told yet; null if there is none. */
  @Nullable
  WirelineException unheard() {
    return unheard;
  }

  /**
   * Writes all bytes, or throws. Waits while the socket is full. The silence timeout counts from the last byte
   * that the socket took; if the peer has stopped reading, the wait ends within twice that time.
   *
   * @param bytes where they are
   * @param offset the first of them
   * @param length how many
   * @param deadline when to stop waiting for a peer that does not read, in addition to the silence timeout
   * @param activity what the bytes are, for the message of a failure
   * @throws IllegalStateException if the output was shut down, or another thread is writing
   * @throws dev.wireline.error.DeadlineExceededException if the peer does not take the bytes in time
   * @throws dev.wireline.error.ConnectionClosedException if the peer has closed the connection
   * @throws dev.wireline.error.LocalFailureException if this host has no descriptor for the wait, or no
   *     way to the peer any more
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted
   * @throws dev.wireline.error.ClientClosedException if the wire is closed
   * @throws WirelineException in any of these cases; the wire is closed, except that what had arrived can still
   *     be read after a peer took no more; some of the bytes may have been sent
   */
  public void write(byte[] bytes, int offset, int length, Deadline deadline, Activity activity)
      throws WirelineException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    // Not a lambda: the first one of a JVM costs more than the first answer.
    Write write = new Write() {
      @Override
      public boolean run(Transport transport, Deadline end, Activity what)
          throws WirelineException {
        send(transport, viewOf(bytes, offset, length), end, what);
        return true;
      }
    };
    inTurn(begin(activity), deadline, activity, write);
  }

  /** What is done in the writing turn. */
  private interface Write {
    boolean run(Transport transport, Deadline deadline, Activity activity) throws WirelineException;
  }

  private boolean inTurn(Transport transport, Deadline deadline, Activity activity, Write write)
      throws WirelineException {
    wire.turns().take(turn, activity);
    try {
      boolean all = write.run(transport, deadline, activity);
      turn.give();
      return all;
    } catch (Throwable e) {
      turn.left = e;
      wire.turns().leave(turn, e);
      throw e;
    }
  }

  /**
   * Looks at the input while bytes are being sent, for peers that answer before they have read everything.
   */
  @NotFrozen
  public interface Watch {
    /**
     * Looks at the input, without waiting, before each piece that is written and whenever input has arrived. It
     * must take what is there, or the write would call it again and again.
     *
     * @param sent how many of the bytes have been sent so far
     * @return true to write on, false to leave the rest unsent
     * @throws WirelineException if the input ends or makes no sense; the wire is closed
     */
    boolean goesOn(int sent) throws WirelineException;

    /**
     * Called when the peer takes no more bytes. What it had said before can still be read: the wire is not
     * closed yet.
     *
     * @param failure what to throw if it had said nothing
     */
    void refused(WirelineException failure);
  }

  /**
   * Writes bytes as long as the watch allows it and the peer takes them.
   *
   * @param bytes where they are
   * @param offset the first of them
   * @param length how many
   * @param deadline when to stop waiting for a peer that does not read, in addition to the silence timeout
   * @param activity what the bytes are, for the message of a failure
   * @param watch looks at the input meanwhile; it may read, but must not write
   * @return whether all bytes were sent; if not, nothing more can be written in a way that the peer would
   *     understand
   * @throws IllegalStateException as {@link #write(byte[], int, int, Deadline, Activity)}
   * @throws WirelineException as there, except for a peer that has closed; and whatever the watch throws
   */
  public boolean write(
      byte[] bytes, int offset, int length, Deadline deadline, Activity activity, Watch watch)
      throws WirelineException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return inTurn(
        begin(activity),
        deadline,
        activity,
        (transport, end, what) -> send(transport, viewOf(bytes, offset, length), end, what, watch));
  }

  private boolean send(
      Transport transport, ByteBuffer from, Deadline deadline, Activity activity, Watch watch)
      throws WirelineException {
    try {
      return awaitWatched(transport, from, wire.within(deadline, activity), activity, watch);
    } catch (WirelineException e) {
      throw wire.failed(e, activity);
    } catch (IOException e) {
      if (transport.isClosed() || LocalFault.is(e)) {
        throw wire.failed(e, activity);
      }
      WirelineException failure = wire.named(e, activity, new byte[0]);
      refusal = failure;
      watch.refused(failure);
      return false;
    } catch (RuntimeException | Error e) {
      wire.fail(e);
      throw e;
    }
  }

  private boolean awaitWatched(
      Transport transport, ByteBuffer from, Deadline deadline, Activity activity, Watch watch)
      throws IOException {
    int length = from.remaining();
    WirelineException before = refusal;
    if (before != null) {
      if (watch.goesOn(0)) {
        unheard = null;
        watch.refused(before);
      }
      return false;
    }
    int least = Integer.MAX_VALUE;
    long heard = wire.input().taken();
    Wait wait = new Wait(wire, activity, deadline, wire.silenceNanos());
    while (watch.goesOn(Math.max(0, length - least))) {
      if (wire.input().taken() != heard) {
        heard = wire.input().taken();
        wait = new Wait(wire, activity, deadline, wire.silenceNanos());
      }
      // An interrupt and a close are reported here, as those of a write.
      long nanos = wait.left(transport);
      if (deadline.isExpired()) {
        throw wait.exceeded(unsent(from.remaining(), length));
      }
      long moved = transport.sent();
      transport.write(from);
      int left = left(transport, from);
      if (left == 0) {
        return true;
      }
      least = Math.min(least, left);
      if (transport.sent() > moved) {
        wait = new Wait(wire, activity, deadline, wire.silenceNanos());
      } else if (nanos == 0) {
        throw wait.exceeded(unsent(left, length));
      } else {
        transport.awaitEither(nanos);
      }
    }
    return false;
  }

  private Transport begin(Activity activity) throws WirelineException {
    Transport transport = wire.openToWrite(activity);
    if (shut) {
      throw new IllegalStateException("the sending direction was shut down");
    }
    return transport;
  }

  private void send(Transport transport, ByteBuffer from, Deadline deadline, Activity activity)
      throws WirelineException {
    Deadline all = wire.within(deadline, activity);
    WirelineException before = refusal;
    if (before != null) {
      throw told(before, look(transport, activity));
    }
    try {
      int length = from.remaining();
      transport.write(from);
      if (from.hasRemaining() || transport.flush() > 0) {
        await(transport, from, length, all, activity);
      }
    } catch (IOException e) {
      refused(transport, e, activity);
    } catch (RuntimeException | Error e) {
      // Nobody knows how much of it was sent.
      wire.fail(e);
      throw e;
    }
  }

  /** Ends a failed write: with its failure, unless the peer said something first. */
  private void refused(Transport transport, IOException e, Activity activity)
      throws WirelineException {
    if (e instanceof WirelineException || transport.isClosed() || LocalFault.is(e)) {
      throw wire.failed(e, activity);
    }
    WirelineException failure = wire.named(e, activity, new byte[0]);
    WireInput.Said said = look(transport, activity);
    if (said != WireInput.Said.UNREAD) {
      throw told(failure, said);
    }
    refusal = failure;
    unheard = failure;
  }

  private WireInput.Said look(Transport transport, Activity activity) throws WirelineException {
    try {
      return wire.input().look(transport);
    } catch (SSLException e) {
      throw wire.failed(e, activity);
    }
  }

  private WirelineException told(WirelineException failure, WireInput.Said said) {
    refusal = null;
    unheard = null;
    return said == WireInput.Said.NOTHING
        ? wire.failed(failure, Activity.WRITING)
        : wire.readOn(failure);
  }

  /** A caller that keeps writing from one small array pays for only one view of it. */
  private ByteBuffer viewOf(byte[] bytes, int offset, int length) {
    if (bytes.length > KEPT_VIEW) {
      return ByteBuffer.wrap(bytes, offset, length);
    }
    if (view.array() != bytes) {
      view = ByteBuffer.wrap(bytes);
    }
    return view.limit(offset + length).position(offset);
  }

  private void await(
      Transport transport, ByteBuffer from, int length, Deadline deadline, Activity activity)
      throws IOException {
    Wait wait = new Wait(wire, activity, deadline, wire.silenceNanos());
    long before = -1;
    for (int left = left(transport, from); left > 0; left = left(transport, from)) {
      // A selector may make a socket wait that still takes bytes: only a write that took none
      // tells.
      boolean full = transport.sent() == before;
      before = transport.sent();
      if (!full) {
        wait = new Wait(wire, activity, deadline, wire.silenceNanos());
      }
      long nanos = wait.left(transport);
      if (nanos == 0) {
        throw wait.exceeded(unsent(left, length));
      }
      if (full) {
        transport.awaitOutput(nanos);
      }
      transport.write(from);
    }
  }

  private static String unsent(int left, int length) {
    return length == 0
        ? ": the peer does not read"
        : ": the peer does not read, " + Math.min(left, length) + " bytes are left of " + length;
  }

  private static int left(Transport transport, ByteBuffer from) throws IOException {
    return from.remaining() + transport.flush();
  }

  /**
   * Stops sending but keeps receiving: a TCP half-close, or a TLS close_notify. Waits for a peer that does not
   * read as a write does. Does nothing if it was done before.
   *
   * @throws WirelineException as {@link #write(byte[], int, int, Deadline, Activity)}
   */
  public void shutdown() throws WirelineException {
    Transport transport = wire.openToWrite(Activity.WRITING);
    inTurn(transport, Deadline.NEVER, Activity.WRITING, (to, end, what) -> {
      if (!shut) {
        shut = true;
        shut(to);
      }
      return true;
    });
  }

  private void shut(Transport transport) throws WirelineException {
    if (refusal != null) {
      return;
    }
    try {
      // A watched write may have left part of a record behind, which comes before the end.
      flush(transport);
      transport.shutdownOutput();
      flush(transport);
    } catch (IOException e) {
      refused(transport, e, Activity.WRITING);
    }
  }

  private void flush(Transport transport) throws IOException {
    if (transport.flush() > 0) {
      Deadline all = wire.within(Deadline.NEVER, Activity.WRITING);
      await(transport, ByteBuffer.allocate(0), 0, all, Activity.WRITING);
    }
  }

  /**
   * Writes all bytes, or throws. Waits at most the silence timeout for a peer that does not read.
   *
   * @throws WirelineException as {@link #write(byte[], int, int, Deadline, Activity)}
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws WirelineException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    write(bytes, offset, length, Deadline.NEVER, Activity.WRITING);
  }

  /**
   * Writes one byte.
   *
   * @throws WirelineException as {@link #write(byte[], int, int, Deadline, Activity)}
   */
  @Override
  public void write(int octet) throws WirelineException {
    write(new byte[] {(byte) octet}, 0, 1, Deadline.NEVER, Activity.WRITING);
  }

  /** Closes the wire. */
  @Override
  public void close() {
    wire.close();
  }
}
