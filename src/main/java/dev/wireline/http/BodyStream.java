package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.BodyFraming;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response while it is still on the connection. It ends complete or throws.
 *
 * <p>There is one subclass for each way in which a body ends. At its end, after a failure and when it is
 * dropped, it returns the connection to its holder, once.
 *
 * <p>One thread reads at a time: a second one, or a request that would consume the rest, gets an {@link
 * IllegalStateException}. {@link #close} may be called from any thread.
 */
abstract class BodyStream extends BodySource {
  static final Activity BODY = new Activity(Phase.BODY, "reading the response body from");

  /** Who gets the connection back. */
  interface Holder {
    /** The body is finished; the connection may be reused only if {@code reusable}. */
    void release(boolean reusable);

    /** The peer has said how long it keeps the connection once it is idle. */
    default void keepAtMost(Duration time) {}

    /** The connection speaks another protocol now, and belongs to whoever has the response. */
    void handOver();
  }

  final Wire wire;
  private final Holder holder;
  private final boolean persistent;
  private Deadline deadline = Deadline.NEVER;
  private @Nullable BodyPace pace;
  private HttpTranscript transcript = HttpTranscript.NONE;
  private long count;
  private @Nullable ByteArrayInputStream held;
  private @Nullable Throwable failure;
  private boolean ended;

  /** Whether bytes were received and lost: what follows is not for a reader of the whole. */
  private volatile boolean lost;

  private final AtomicBoolean released = new AtomicBoolean();
  private volatile boolean dropped;

  BodyStream(Wire wire, Holder holder, boolean persistent) {
    this.wire = wire;
    this.holder = holder;
    this.persistent = persistent;
  }

  /** The body that a response is framed as, on a connection that is held. */
  static BodyStream of(
      Wire wire, Holder holder, BodyFraming framing, boolean persistent, HttpOptions options) {
    return switch (framing.kind()) {
      case LENGTH, NONE -> new LengthBody(wire, holder, persistent, framing.length());
      case CHUNKED -> new ChunkedBody(wire, holder, persistent, ChunkedBody.decoder(options));
      case UNTIL_CLOSE, TUNNEL -> new UntilCloseBody(wire, holder);
    };
  }

  /** Reads some, at least a byte, or -1 at the end of a complete body. */
  abstract int readSome(byte[] into, int offset, int length) throws IOException;

  /** How many bytes are still to come, or -1 if that is not known. */
  abstract long remaining();

  /** How many bytes the whole body has, or -1 if that is not known beforehand. */
  long length() {
    return -1;
  }

  /** Sets the least rate for the time in which this is streamed. */
  final void pace(BodyPace least) {
    pace = least;
  }

  /** Sets the transcript that is told how many bytes this had. */
  final void shownTo(HttpTranscript value) {
    transcript = value;
  }

  Headers trailers() {
    return Headers.empty();
  }

  final Deadline deadline() {
    return deadline;
  }

  /** One byte, for a reader that has the turn. */
  final int next() throws IOException {
    byte[] one = new byte[1];
    return next(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  final int next(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    checkReadable();
    if (held != null) {
      return held.read(into, offset, length);
    }
    if (ended) {
      return -1;
    }
    try {
      int read = pace == null ? readSome(into, offset, length) : paced(pace, into, offset, length);
      count += Math.max(0, read);
      if (read < 0 || remaining() == 0) {
        end();
      }
      return read;
    } catch (IOException e) {
      // If another thread closed it, it was given up and did not fail.
      checkThere();
      failure = e;
      drop();
      transcript.failed(e);
      throw e;
    } catch (RuntimeException | Error e) {
      // What was read is lost with it: nobody may take the remainder for a whole body.
      failure = e;
      drop();
      throw e;
    }
  }

  private int paced(BodyPace least, byte[] into, int offset, int length) throws IOException {
    deadline = least.begin();
    try {
      int read = readSome(into, offset, length);
      if (least.end(read)) {
        return read;
      }
    } catch (DeadlineExceededException e) {
      // The silence timeout is another one.
      if (!deadline.isExpired()) {
        throw e;
      }
      least.end(0);
    }
    DeadlineExceededException slow = least.exceeded(wire.endpoint());
    wire.fail(slow);
    throw slow;
  }

  private void checkThere() throws ClientClosedException {
    checkWhole();
    if (dropped) {
      throw new ClientClosedException(
          wire.endpoint(), BODY, "the rest of this body was dropped with its connection", failure);
    }
  }

  @Override
  final void lose(@Nullable Throwable by) {
    lost = true;
    drop();
  }

  private void checkWhole() throws ClientClosedException {
    if (lost) {
      throw new ClientClosedException(
          wire.endpoint(), BODY, "a part of this body was lost by an error", failure);
    }
  }

  /** The bytes already here of an unfinished body are not handed out any more if its connection is gone. */
  @Override
  final void checkReadable() throws ClientClosedException {
    checkWhole();
    if (!ended && held == null) {
      checkThere();
      wire.checkOpen(BODY);
    }
  }

  private void end() {
    // The holder that is told of it may throw an Error, and then this has not ended well.
    release(persistent, true);
    ended = true;
  }

  /** All bytes to the end, by a deadline; more than {@code max} are a LimitExceededException. */
  final byte[] all(int max, Deadline end) throws IOException {
    return inTurn(() -> {
      checkThere();
      reset(end);
      byte[] bytes = BodyBytes.gather(this, max);
      if (bytes == null) {
        drop();
        WirelineException tooLarge = Broken.limit(wire, BODY, "maxBodyBytes", max);
        transcript.failed(tooLarge);
        throw tooLarge;
      }
      return bytes;
    });
  }

  /** From now on reads end at a deadline, and no longer at the least rate of a streamed body. */
  final void within(Deadline end) {
    inTurn(() -> reset(end));
  }

  private boolean reset(Deadline end) {
    pace = null;
    deadline = end;
    return true;
  }

  /** Frees the connection: a rest of at most so many bytes is read into memory, a larger one dropped. */
  final void settle(int max, Deadline end) {
    inTurn(() -> ended || dropped || hold(max, end));
  }

  private boolean hold(int max, Deadline end) {
    reset(end);
    try {
      byte[] rest = BodyBytes.gather(this, max);
      if (rest != null) {
        held = new ByteArrayInputStream(rest);
      }
    } catch (IOException e) {
      // Nobody asked for these bytes yet; whoever does will be told that they were dropped.
    }
    drop();
    return true;
  }

  /** Gives up what is left, and the connection with it. */
  private void drop() {
    if (!ended || lost) {
      dropped = true;
      release(false, false);
    }
  }

  /** Once, whoever comes first: the connection may be somebody else's already. */
  private void release(boolean reusable, boolean whole) {
    if (released.compareAndSet(false, true)) {
      try {
        holder.release(reusable);
      } catch (Error e) {
        // The holder may not have it back: the next caller tries again.
        released.set(false);
        throw e;
      }
      transcript.responseBody(count, whole, trailers());
    }
  }

  /** As after a failure: a body that a caller closes unread is not worth reading. */
  @Override
  public final void close() {
    endLeft();
    drop();
  }

  /** The peer hung up in the middle. */
  final ConnectionClosedException cut(String facts) {
    ConnectionClosedException cut = new ConnectionClosedException(
        wire.endpoint(), BODY, "the peer hung up after " + count + facts, new byte[0], null);
    wire.fail(cut);
    return cut;
  }

  final long count() {
    return count;
  }
}
