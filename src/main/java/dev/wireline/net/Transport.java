package dev.wireline.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * Bytes to and from a peer without waiting, and the two waits beside them.
 *
 * <p>{@link SocketTransport} is a channel; {@link TlsTransport} stands on another transport. One
 * thread may use the input side and another the output side; {@code close} may come from any.
 */
interface Transport {
  /**
   * Moves what is there, or a part of it, into the buffer. One bounded step, whatever the peer sends.
   *
   * @return the number of bytes, 0 if there are none now, -1 at a clean end
   */
  int read(ByteBuffer into) throws IOException;

  /** Takes from the buffer what can be taken now: all, a part, or nothing. */
  void write(ByteBuffer from) throws IOException;

  /**
   * How many bytes the socket has taken in all. If it grows from one write to the next, there was room;
   * if not, the socket was full.
   */
  long sent();

  /**
   * Sends what a {@code write} has taken but could not send.
   *
   * @return the number of bytes that are left, 0 if nothing is
   */
  int flush() throws IOException;

  /** Waits until there is input, the time is up, the thread is interrupted, or a close. */
  void awaitInput(long nanos) throws IOException;

  /** Ends a wait for input early, in another thread; the next one where nothing waits. */
  void wakeInput();

  /** Waits until there is room for output, the time is up, the thread is interrupted, or a close. */
  void awaitOutput(long nanos) throws IOException;

  /** As {@link #awaitOutput}, or until there is input, which must be taken before the next wait. */
  void awaitEither(long nanos) throws IOException;

  /** Ends the sending direction; output was flushed before, and may have to be once more. */
  void shutdownOutput() throws IOException;

  /** Gives back what an idle connection does not need: selectors and empty buffers. */
  void park() throws IOException;

  /** Whether this is closed. */
  boolean isClosed();

  /** Closes at once, waking whoever waits; never waits for the peer. */
  void close();

  /**
   * Closes as {@link #close}, and by a reset where there is one, so that the peer does not take what it has
   * for whole: no end of TLS or of a layer is said.
   */
  void reset();

  Optional<SSLSession> session();

  /** What the peer chose by ALPN. */
  default Optional<String> applicationProtocol() {
    return Optional.empty();
  }
}
