package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Bounds;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and writes frames of arbitrary bytes that end in a mark or in a pause. Held by the client that it works
 * for.
 *
 * <pre>{@code
 * Frames bodies = Frames.endingIn(client, 0);                              // STOMP 1.2
 * Frames messages = Frames.endingIn(client, 0x1C, 0x0D).startingWith(0x0B);     // HL7's MLLP
 * Frames answers = Frames.endingInPause(client, Duration.ofMillis(200));   // a device without any end
 * }</pre>
 *
 * <p>A mark is found however the bytes are split on their way, and a frame is complete or an exception. Its
 * marks are not part of what is read or written. There are no escapes: a frame to send must not contain its
 * end.
 *
 * <p>The settings are immutable: each method that changes one returns another object for the same client. As
 * with the client, one thread may read while another writes.
 */
public final class Frames {
  /** The default limit of bytes in one frame, without its marks: 1 MiB. */
  public static final int MAX_BYTES = 1 << 20;

  static final Activity FRAME = new Activity(Phase.READ, "reading a frame from");

  private static final byte[] NONE = {};

  private final LineClient client;
  private final byte[] start;
  private final byte[] end;

  /** How long the pause after a frame without an end mark lasts. */
  private final Optional<Duration> pause;

  private final int maxBytes;

  private Frames(
      LineClient client, byte[] start, byte[] end, Optional<Duration> pause, int maxBytes) {
    this.client = client;
    this.start = start;
    this.end = end;
    this.pause = pause;
    this.maxBytes = maxBytes;
  }

  /**
   * Frames that end in a mark. Does no I/O.
   *
   * @param client who reads and writes
   * @param mark the bytes that end a frame, at least one, each 0 to 255
   * @return an object that reads and writes them, with the default limit
   * @throws IllegalArgumentException if there are none, or one is out of range
   */
  public static Frames endingIn(LineClient client, int... mark) {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(mark, "mark");
    return new Frames(client, NONE, bytes(mark), Optional.empty(), MAX_BYTES);
  }

  /**
   * Frames without an end mark: what comes before a pause is one. Does no I/O. If anything else ends a frame,
   * use that instead: a slow network makes pauses too.
   *
   * @param client who reads and writes
   * @param pause how long the pause after a frame lasts, more than zero
   * @return an object that reads and writes them, with the default limit
   * @throws IllegalArgumentException if the pause is zero or less
   */
  public static Frames endingInPause(LineClient client, Duration pause) {
    Objects.requireNonNull(client, "client");
    Bounds.positive("pause", Objects.requireNonNull(pause, "pause"));
    return new Frames(client, NONE, NONE, Optional.of(pause), MAX_BYTES);
  }

  /**
   * This object with a start mark too. <b>Strict:</b> nothing may come between two frames.
   *
   * @param mark the bytes that start a frame, at least one, each 0 to 255
   * @return an object for such frames
   * @throws IllegalArgumentException if there are none, or one is out of range
   */
  public Frames startingWith(int... mark) {
    Objects.requireNonNull(mark, "mark");
    return new Frames(client, bytes(mark), end, pause, maxBytes);
  }

  /**
   * This object with another limit.
   *
   * @param value the most bytes of one frame, without its marks, 1 or more
   * @return an object with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Frames withMaxBytes(int value) {
    return new Frames(client, start, end, pause, Bounds.check("maxFrameBytes", value));
  }

  private static byte[] bytes(int... mark) {
    byte[] bytes = new byte[mark.length];
    for (int i = 0; i < bytes.length; i++) {
      if (mark[i] < 0 || mark[i] > 0xFF) {
        throw new IllegalArgumentException("a byte of a mark must be 0 to 255, not " + mark[i]);
      }
      bytes[i] = (byte) mark[i];
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a mark has at least one byte");
    }
    return bytes;
  }

  /**
   * Reads one frame. Waits at most the silence timeout for its first byte, and then at most the transfer
   * timeout for its end.
   *
   * @return the bytes between its marks; a frame that ends in a pause has at least one byte
   * @throws ConnectionClosedException if the peer hung up before its end; it holds the bytes that came; the
   *     client is BROKEN. For frames that end in a pause, the clean end of the input counts as one.
   * @throws DeadlineExceededException at one of these timeouts; the client is BROKEN
   * @throws LimitExceededException if it has more bytes than the limit; the client is BROKEN
   * @throws PeerProtocolException if it does not start with its mark; the client is BROKEN
   * @throws IOException as {@link LineClient#readLine()}
   */
  public byte[] read() throws IOException {
    return new FrameSearch(client, start, end, maxBytes).read(pause);
  }

  /**
   * Reads one frame, or finds that the peer has cleanly stopped sending between two frames.
   *
   * @return as {@link #read()}, or empty at the clean end
   * @throws IOException as {@link #read()}
   */
  public Optional<byte[]> readOrEnd() throws IOException {
    return new FrameSearch(client, start, end, maxBytes).readOrEnd(pause);
  }

  /**
   * Writes one frame with its marks, in one write.
   *
   * @param content any bytes; may be empty
   * @throws IllegalArgumentException if it contains the end mark, or ends with the start of one; nothing was
   *     written or dialled
   * @throws IOException as {@link LineClient#writeLine(byte[])}
   */
  public void write(byte[] content) throws IOException {
    Objects.requireNonNull(content, "content");
    byte[] frame = new byte[start.length + content.length + end.length];
    System.arraycopy(start, 0, frame, 0, start.length);
    System.arraycopy(content, 0, frame, start.length, content.length);
    System.arraycopy(end, 0, frame, start.length + content.length, end.length);
    if (end.length > 0 && endWithin(frame)) {
      throw new IllegalArgumentException("a frame must not hold its own end");
    }
    Message.of().data(frame).writeTo(client);
  }

  /** Whether a reader would find the end too early. */
  private boolean endWithin(byte[] frame) {
    for (int at = start.length; at < frame.length - end.length; at++) {
      if (Arrays.equals(frame, at, at + end.length, end, 0, end.length)) {
        return true;
      }
    }
    return false;
  }
}
