package dev.wireline.net;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Turns the bytes of a connection on their way between the wire and whoever reads and writes above it, as
 * Telnet's commands (RFC 854) and compression (RFC 4978, RFC 8054) need.
 *
 * <p>It is put on in the middle of a session, by {@link Wire#layer}. Deadlines, bounds, lines and transcripts
 * work above it. It does no I/O and does not wait: it is given bytes and room, takes what it can, and fills
 * what it has. The order on a connection is the socket, then TLS, then layers as they were put on.
 *
 * <p>One thread at a time calls it, and it must not use the connection. What it has to say by itself, such as
 * the answer to a negotiation, it keeps for {@link #flush}, and bounds it: a peer may ask and not read. A
 * RuntimeException of a layer is a mistake in it, and gives the connection up.
 */
@NotFrozen
public interface Layer {
  /**
   * Turns bytes that came from the peer. Called again when {@code into} was full, and then perhaps with
   * nothing that came.
   *
   * @param from what came; what is not taken comes again, with more after it, up to 16 KiB in all
   * @param into where the turned bytes go
   * @throws IOException if the peer breaks the rules of the layer, its message being the rule; what was
   *     turned before it is read, then the connection is given up
   */
  void receive(ByteBuffer from, ByteBuffer into) throws IOException;

  /**
   * Turns bytes that go to the peer. What it takes it may hold back until {@link #flush}.
   *
   * @param from what goes, at least a byte; what is not taken comes again
   * @param into where the turned bytes go, with room for at least 1 KiB; the layer takes a byte or puts one
   */
  void send(ByteBuffer from, ByteBuffer into);

  /**
   * Puts out what {@link #send} held back, and what the layer has to say by itself. Called at the end of each
   * write and of each read, again and again until it puts nothing.
   *
   * @param into where the turned bytes go, with room for at least 1 KiB
   */
  void flush(ByteBuffer into);

  /**
   * Puts out what ends the layer's own stream, before the sending direction is shut down; nothing unless
   * overridden. Called until it puts nothing.
   *
   * @param into where the bytes go, with room for at least 1 KiB
   */
  default void finish(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
  }

  /**
   * Looks whether the peer's end of the connection may come here; it may unless overridden.
   *
   * @throws IOException if it comes in the middle of something, its message being the rule
   */
  default void end() throws IOException {}
}
