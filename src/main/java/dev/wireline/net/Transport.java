package dev.wireline.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * Moves bytes to and from a peer without waiting, and provides the waits separately.
 *
 * <p>{@link SocketTransport} is a channel; {@link TlsTransport} works on top of another transport. One thread
 * may use the input side and another the output side; {@code close} may come from any.
 */
interface Transport {
  /**
   * Moves what is there, or part of it, into the buffer. One bounded step, whatever the peer sends.
   *
   * @return the number of bytes, 0 if there are none now, -1 at a clean end
   */
  int read(ByteBuffer into) throws IOException;

  /** Takes from the buffer what can be taken now: all, part, or nothing. */
  void write(ByteBuffer from) throws IOException;

  /**
   * The total number of bytes that the socket has taken. If it grows from one write to the next, there was
   * room; if not, the socket was full.
   */
  long sent();

  /**
   * Sends what a {@code write} has taken but could not send.
   *
   * @return the number of bytes left, 0 if none
   */
  int flush() throws IOException;

  /** Waits until there is input, the time is up, the thread is interrupted, or a close. */
  void awaitInput(long nanos) throws IOException;

  /** Ends another thread's wait for input early; if none waits, the next one. */
  void wakeInput();

  /** Waits until there is room for output, the time is up, the thread is interrupted, or a close. */
  void awaitOutput(long nanos) throws IOException;

  /** As {@link #awaitOutput}, or until there is input, which must be taken before the next wait. */
  void awaitEither(long nanos) throws IOException;

  /** Shuts the output down; it was flushed before, and may need another flush. */
  void shutdownOutput() throws IOException;

  /** Releases what an idle connection does not need: selectors and empty buffers. */
  void park() throws IOException;

  /** Whether this is closed. */
  boolean isClosed();

  /** Closes at once, waking whoever waits; never waits for the peer. */
  void close();

  /**
   * Closes as {@link #close} does, but with a reset if possible, so that the peer does not take a part for the
   * whole: no end of TLS or of a layer is sent.
   */
  void reset();

  Optional<SSLSession> session();

  /** What the peer chose by ALPN. */
  default Optional<String> applicationProtocol() {
    return Optional.empty();
  }
}
