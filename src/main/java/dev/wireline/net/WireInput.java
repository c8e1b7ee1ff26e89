package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.Turn;
import dev.wireline.internal.Unread;
import dev.wireline.stability.NotFrozen;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a {@link Wire}: the bytes that were received and not yet consumed, and the wait for
 * more.
 *
 * <p>Positions count from the first unread byte. {@link #fill} waits for more bytes; {@link #at}, {@link
 * #indexOf}, {@link #text} and {@link #copy} look at them; {@link #consume} takes them away. It is an {@link
 * InputStream} too, for {@code DataInputStream} and the like; since nothing else buffers, the two ways can be
 * mixed.
 *
 * <p>Not thread-safe: one thread reads at a time.
 */
public final class WireInput extends InputStream implements Unread {
  /*
   * Each read that may wait goes in this order:
   *
   * 1. wire.open: a wire that is closed or broken says so even if bytes are unread, since the part of an
   *    answer that was received must not be taken for the whole.
   * 2. turns.take: the turn. It comes before the first look at the buffer, which a second thread would
   *    disturb, and after 1, so that a wire that is gone is reported before a mistake of the caller.
   * 3. Unread bytes are returned without a wait; only then is the channel read, at most into the room that
   *    the buffer has now.
   * 4. turn.give, once nothing can fail any more. A failure before that marks the turn with an assignment and
   *    calls turns.leave: the wire breaks, and whoever finds the mark later breaks it for a thread that had
   *    no stack left to do so.
   *
   * gathering is set from 2 to 4 of a read of many bytes: they are in no buffer then, and a failure in
   * between must show them with those that are.
   */

  private final Wire wire;
  private final InputBuffer buffer = new InputBuffer();
  private final Turn turn = new Turn("reading");
  private final Intake intake;

  /** Whether a failed write is briefly looking at what has come, in the reading turn. */
  private volatile boolean looking;

  /** The block being read, for the facts of a failure. */
  private @Nullable Gathered gathering;

  WireInput(Wire wire) {
    this.wire = wire;
    this.intake = new Intake(wire);
  }

  Turn turn() {
    return turn;
  }

  /** Whether the turn is taken only for a moment. */
  boolean isLooking() {
    return looking;
  }

  /** What a failed write finds out about what the peer has said. */
  enum Said {
    NOTHING,
    UNREAD,
    /** Another thread is waiting for it and takes it in. */
    AWAITED
  }

  /** Checks, without waiting, what the peer said before a write failed. */
  Said look(Transport transport) throws SSLException {
    looking = true;
    try {
      if (!turn.tryTake()) {
        return Said.AWAITED;
      }
      try {
        boolean came = intake.find(transport, buffer.buffered() > 0);
        turn.give();
        return came ? Said.UNREAD : Said.NOTHING;
      } catch (SSLException e) {
        turn.give();
        throw e;
      } catch (Throwable e) {
        turn.left = e;
        wire.turns().leave(turn, e);
        throw e;
      }
    } finally {
      looking = false;
    }
  }

  /**
   * Whether received bytes are unread in memory.
   *
   * @return false if the next read looks at the connection
   */
  @NotFrozen
  public boolean hasUnread() {
    return buffer.buffered() > 0 || intake.hasFound();
  }

  /** Hands over what is unread, for a layer that is put on below; this is empty afterwards. */
  byte[] hand() {
    byte[] found = intake.hand();
    byte[] bytes = new byte[buffer.buffered() + found.length];
    int before = buffer.buffered();
    buffer.copy(0, bytes, 0, before);
    buffer.consume(before);
    System.arraycopy(found, 0, bytes, before, found.length);
    return bytes;
  }

  /** Whether the peer has stopped sending. */
  boolean isEnded() {
    return intake.isEnded();
  }

  /**
   * How many bytes were received and not yet consumed.
   *
   * @return the number of unread bytes in memory
   */
  @Override
  public int buffered() {
    return buffer.buffered();
  }

  /**
   * Looks at an unread byte.
   *
   * @param index its position, less than {@link #buffered}
   * @return the byte
   */
  @Override
  public byte at(int index) {
    return buffer.at(index);
  }

  /**
   * Searches the unread bytes.
   *
   * @param wanted the byte to find
   * @param from the position to start at, 0 to {@link #buffered}
   * @return the position of the first one at or after {@code from}, or -1
   * @throws IndexOutOfBoundsException if {@code from} is negative or more than {@link #buffered}
   */
  @Override
  public int indexOf(byte wanted, int from) {
    return buffer.indexOf(wanted, from);
  }

  /**
   * Searches the unread bytes for two in a row.
   *
   * @param first the first byte to find
   * @param second the one after it
   * @param from the position to start at, 0 to {@link #buffered}
   * @return the position of the first byte of the first such pair at or after {@code from}, or -1
   * @throws IndexOutOfBoundsException if {@code from} is negative or more than {@link #buffered}
   */
  @Override
  public int indexOf(byte first, byte second, int from) {
    return buffer.indexOf(first, second, from);
  }

  /**
   * Decodes unread bytes without consuming them.
   *
   * @param from the first position
   * @param to the end, not included
   * @param charset the charset
   * @return the text
   * @throws CharacterCodingException if the bytes are not text in that charset
   */
  @Override
  public String text(int from, int to, Charset charset) throws CharacterCodingException {
    return buffer.text(from, to, charset);
  }

  /**
   * Copies unread bytes without consuming them.
   *
   * @param from the first position
   * @param into where they go
   * @param offset the first place there
   * @param length how many
   */
  @Override
  public void copy(int from, byte[] into, int offset, int length) {
    buffer.copy(from, into, offset, length);
  }

  /**
   * Copies the first unread bytes without consuming them.
   *
   * @param length how many, at most {@link #buffered}
   * @return the bytes
   */
  @Override
  public byte[] front(int length) {
    return buffer.front(length);
  }

  /**
   * Consumes unread bytes.
   *
   * @param count how many, at most {@link #buffered}
   */
  @Override
  public void consume(int count) {
    buffer.consume(count);
  }

  /**
   * Waits until there is at least one more unread byte.
   *
   * @param limit how many bytes may be unread: the size limit of what is being read
   * @param deadline when to stop waiting, in addition to the silence timeout
   * @param activity what the bytes are for, for the message of a failure
   * @return true if there are more, false if the peer has cleanly stopped sending
   * @throws LimitExceededException if {@code limit} bytes are unread already, or the peer sends one TLS record
   *     without data after another
   * @throws dev.wireline.error.LocalFailureException if this host has no file descriptor for the wait, or no
   *     route to the peer any more
   * @throws dev.wireline.error.DeadlineExceededException at the deadline or the silence timeout
   * @throws ConnectionClosedException if the connection was reset, or TLS ended without close_notify
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted
   * @throws dev.wireline.error.ClientClosedException if the wire is closed
   * @throws WirelineException in any of these cases; the wire is closed
   */
  public boolean fill(int limit, Deadline deadline, Activity activity) throws WirelineException {
    return inTurn(wire.open(activity), limit, deadline, activity, MUST_RECEIVE) > 0;
  }

  /**
   * Waits for input; nothing breaks if none comes.
   *
   * @param limit how many bytes may be unread
   * @param deadline when to stop waiting; the silence timeout does not apply
   * @param activity what the bytes are for, for the message of a failure
   * @return the number of bytes that came, 0 at the deadline, -1 at a clean end
   * @throws WirelineException as {@link #fill}, but not at the deadline
   */
  public int poll(int limit, Deadline deadline, Activity activity) throws WirelineException {
    return inTurn(wire.open(activity), limit, deadline, activity, WireInput::mayReceive);
  }

  /**
   * Waits for input as {@link #poll(int, Deadline, Activity)} does, until it is told to stop.
   *
   * @param limit how many bytes may be unread
   * @param deadline when to stop waiting; the silence timeout does not apply
   * @param activity what the bytes are for, for the message of a failure
   * @param stops returns true to end the wait; asked before each wait in this thread, and again after a {@link
   *     #wakeup()}
   * @return the number of bytes that came, 0 at the deadline or if it was stopped, -1 at a clean end
   * @throws WirelineException as {@link #fill}, but not at the deadline
   */
  @NotFrozen
  public int poll(int limit, Deadline deadline, Activity activity, BooleanSupplier stops)
      throws WirelineException {
    Objects.requireNonNull(stops, "stops");
    return inTurn(
        wire.open(activity), limit, deadline, activity, (input, from, most, end, what) -> {
          try {
            input.intake.stopBy(stops);
            return input.mayReceive(from, most, end, what);
          } finally {
            input.intake.stopBy(null);
          }
        });
  }

  /**
   * Wakes a thread that waits for input, so that it checks again whether to go on waiting. It ends only waits
   * that ask for it. May be called from any thread.
   */
  @NotFrozen
  public void wakeup() {
    wire.wakeInput();
  }

  /**
   * Takes in what has arrived, without waiting and therefore without being interrupted.
   *
   * @param activity what the bytes are for, for the message of a failure
   * @return the number of bytes that came, 0 if there are none now, -1 at the end. If the connection failed
   *     while bytes are unread, the wire is not closed yet: the next wait for more throws the failure.
   * @throws WirelineException as {@link #fill}, except for time, limit and interrupt
   */
  public int pollNow(Activity activity) throws WirelineException {
    return inTurn(wire.open(activity), 0, Deadline.NEVER, activity, WireInput::takeNow);
  }

  /** A read in the reading turn. The one used for each byte holds no state, so it is created only once. */
  private interface Read {
    int run(WireInput input, Transport transport, int limit, Deadline deadline, Activity activity)
        throws WirelineException;
  }

  /** Not a lambda: the first one of a JVM costs more than the first answer. */
  private static final Read MUST_RECEIVE = new Read() {
    @Override
    public int run(
        WireInput input, Transport transport, int limit, Deadline deadline, Activity activity)
        throws WirelineException {
      return input.receive(transport, limit, deadline, activity, true);
    }
  };

  /** Runs a read of a wire that is open from its second step to its last. */
  private int inTurn(
      Transport transport, int limit, Deadline deadline, Activity activity, Read read)
      throws WirelineException {
    wire.turns().take(turn, activity);
    try {
      int count = read.run(this, transport, limit, deadline, activity);
      turn.give();
      return count;
    } catch (Throwable e) {
      turn.left = e;
      wire.turns().leave(turn, e);
      throw e;
    }
  }

  private int mayReceive(Transport transport, int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    return receive(transport, limit, deadline, activity, false);
  }

  private int takeNow(Transport transport, int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    int count = intake.take(transport, buffer.room(), activity);
    if (count > 0) {
      buffer.received(count);
    }
    return count;
  }

  /** Receives into the buffer; the turn has been taken. */
  private int receive(
      Transport transport, int limit, Deadline deadline, Activity activity, boolean mustCome)
      throws WirelineException {
    if (buffer.buffered() >= Math.min(limit, InputBuffer.MAX_SIZE)) {
      throw wire.failed(
          new LimitExceededException(wire.endpoint(), activity, "unread bytes", limit), activity);
    }
    int count = intake.take(transport, buffer.room(), deadline, activity, mustCome);
    if (count > 0) {
      buffer.received(count);
    }
    return count;
  }

  /** Whether nothing has come and the peer has not hung up. Does not wait. */
  boolean isQuiet(Transport transport) {
    try {
      return inTurn(transport, 0, Deadline.NEVER, Activity.READING, WireInput::unreadNow) == 0;
    } catch (WirelineException e) {
      return false;
    }
  }

  private int unreadNow(Transport transport, int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    return buffer.buffered() > 0 ? 1 : takeNow(transport, limit, deadline, activity);
  }

  /** How many bytes have come since the connection was made. */
  long taken() {
    return intake.taken();
  }

  void release() {
    buffer.release();
  }

  String unreadFact() {
    return receivedFact((gathering == null ? 0 : gathering.size()) + buffer.buffered());
  }

  static String receivedFact(int count) {
    return count == 0 ? "" : ", with " + count + " bytes of it received";
  }

  /** Refuses to start TLS over bytes that came before it: somebody else may have injected them. */
  void refuseUnread(Endpoint hop) throws PeerProtocolException {
    if (hasUnread()) {
      byte[] shown = new byte[Math.min(buffered(), Quoted.MAX_CHARS)];
      copy(0, shown, 0, shown.length);
      throw new PeerProtocolException(
          hop,
          Activity.SECURING,
          "plaintext after the go-ahead for TLS is not carried over",
          Quoted.bytes(shown));
    }
  }

  /** What was received of the block being read; only for the reading thread. */
  byte[] unread() {
    byte[] before = gathering == null ? new byte[0] : gathering.bytes();
    byte[] bytes = Arrays.copyOf(before, before.length + buffer.buffered());
    buffer.copy(0, bytes, before.length, buffer.buffered());
    return bytes;
  }

  /**
   * Reads what is there, at least one byte. A large read goes straight into the caller's array.
   *
   * @param into where they go
   * @param offset the first place there
   * @param length the most to read, more than zero
   * @param deadline when to stop waiting, in addition to the silence timeout
   * @param activity what the bytes are for, for the message of a failure
   * @return how many were read, or -1 if the peer has cleanly stopped sending
   * @throws WirelineException as {@link #fill}
   */
  public int read(byte[] into, int offset, int length, Deadline deadline, Activity activity)
      throws WirelineException {
    Objects.checkFromIndexSize(offset, length, into.length);
    Transport transport = wire.open(activity);
    wire.turns().take(turn, activity);
    // A separate method: this runs for each piece of a body, and must not create an object.
    try {
      int count = readSome(transport, into, offset, length, deadline, activity);
      turn.give();
      return count;
    } catch (Throwable e) {
      turn.left = e;
      wire.turns().leave(turn, e);
      throw e;
    }
  }

  /** Reads some bytes; the turn has been taken. */
  int readSome(
      Transport transport,
      byte[] into,
      int offset,
      int length,
      Deadline deadline,
      Activity activity)
      throws WirelineException {
    if (buffer.buffered() == 0) {
      if (length >= InputBuffer.FIRST_SIZE) {
        return intake.take(
            transport, ByteBuffer.wrap(into, offset, length), deadline, activity, true);
      }
      if (receive(transport, InputBuffer.MAX_SIZE, deadline, activity, true) < 0) {
        return -1;
      }
    }
    int count = Math.min(length, buffer.buffered());
    buffer.copy(0, into, offset, count);
    buffer.consume(count);
    return count;
  }

  /**
   * Reads exactly {@code count} bytes, waiting at most the silence timeout for the next one.
   *
   * @param count how many, 0 or more
   * @return the bytes
   * @throws WirelineException as {@link #read(int, Deadline, Activity)}
   */
  public byte[] read(int count) throws WirelineException {
    return read(count, Deadline.NEVER, Activity.READING);
  }

  /**
   * Reads exactly {@code count} bytes. Memory grows with what arrives, not with {@code count}.
   *
   * @param count how many, 0 or more
   * @param deadline when to stop waiting, in addition to the silence timeout
   * @param activity what the bytes are for, for the message of a failure
   * @return the bytes
   * @throws ConnectionClosedException if the peer hung up before the last byte; it holds the bytes that came
   * @throws WirelineException as {@link #fill}
   */
  public byte[] read(int count, Deadline deadline, Activity activity) throws WirelineException {
    byte[] bytes = gather(new Gathered(count), null, deadline, activity);
    if (bytes.length < count) {
      String happened = "the peer hung up after " + bytes.length + " of " + count + " bytes";
      throw wire.failed(
          new ConnectionClosedException(wire.endpoint(), activity, happened, bytes, null),
          activity);
    }
    return bytes;
  }

  /**
   * Reads what is missing; fewer bytes if the input ends first.
   *
   * @param bound the name of the limit if the input has to end with them, or null
   */
  private byte[] gather(
      Gathered gathered, @Nullable String bound, Deadline deadline, Activity activity)
      throws WirelineException {
    inTurn(wire.open(activity), 0, deadline, activity, (input, from, most, end, what) -> {
      try {
        input.gathering = gathered;
        input.gatherAll(gathered, from, bound, end, what);
        return gathered.end();
      } finally {
        input.gathering = null;
      }
    });
    return gathered.bytes();
  }

  private void gatherAll(
      Gathered gathered,
      Transport transport,
      @Nullable String bound,
      Deadline deadline,
      Activity activity)
      throws WirelineException {
    boolean more = true;
    while (more && gathered.missing() > 0) {
      more = gathered.takeFrom(this, transport, deadline, activity);
    }
    if (bound != null && more) {
      refuseMore(transport, bound, gathered.size(), deadline, activity);
    }
  }

  private void refuseMore(
      Transport transport, String bound, int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    if (buffer.buffered() > 0 || receive(transport, 1, deadline, activity, true) > 0) {
      throw wire.failed(
          new LimitExceededException(wire.endpoint(), activity, bound, limit), activity);
    }
  }

  /**
   * Reads until the peer stops sending.
   *
   * @param limit the most bytes to take
   * @param deadline when to stop waiting, in addition to the silence timeout
   * @param activity what the bytes are for, for the message of a failure
   * @return all bytes to the end
   * @throws LimitExceededException if there are more than {@code limit}
   * @throws WirelineException as {@link #fill}
   */
  public byte[] readToEnd(int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    return readToEnd(limit, "bytes to the end", deadline, activity);
  }

  /**
   * As {@link #readToEnd(int, Deadline, Activity)}, with a named limit.
   *
   * @param limit the most bytes to take
   * @param bound the name of the limit, for the failure
   * @param deadline when to stop waiting, in addition to the silence timeout
   * @param activity what the bytes are for, for the message of a failure
   * @return all bytes to the end
   * @throws WirelineException as there
   */
  @NotFrozen
  public byte[] readToEnd(int limit, String bound, Deadline deadline, Activity activity)
      throws WirelineException {
    return gather(new Gathered(limit), Objects.requireNonNull(bound, "bound"), deadline, activity);
  }

  /**
   * Reads a byte, waiting at most the silence timeout for it.
   *
   * @return 0 to 255, or -1 if the peer has cleanly stopped sending
   * @throws WirelineException as {@link #fill}
   */
  @Override
  public int read() throws WirelineException {
    Activity activity = Activity.READING;
    return inTurn(wire.open(activity), 1, Deadline.NEVER, activity, WireInput::readOne);
  }

  private int readOne(Transport transport, int limit, Deadline deadline, Activity activity)
      throws WirelineException {
    if (buffer.buffered() == 0 && receive(transport, limit, deadline, activity, true) < 0) {
      return -1;
    }
    int octet = buffer.at(0) & 0xFF;
    buffer.consume(1);
    return octet;
  }

  /**
   * Reads what is there, at least one byte, waiting at most the silence timeout for it.
   *
   * @return how many were read, or -1 if the peer has cleanly stopped sending
   * @throws WirelineException as {@link #fill}
   */
  @Override
  public int read(byte[] into, int offset, int length) throws WirelineException {
    return length == 0 ? 0 : read(into, offset, length, Deadline.NEVER, Activity.READING);
  }

  @Override
  public int available() {
    return buffer.buffered();
  }

  /** Closes the wire. */
  @Override
  public void close() {
    wire.close();
  }
}
