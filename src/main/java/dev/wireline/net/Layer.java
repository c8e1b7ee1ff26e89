package dev.wireline.net;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Transforms the bytes of a connection between the wire and its users, as Telnet's commands (RFC 854) and
 * compression (RFC 4978, RFC 8054) require.
 *
 * <p>It is put on in the middle of a session, by {@link Wire#layer}. Deadlines, limits, lines and transcripts
 * work above it. It does no I/O and does not wait: it gets bytes and room, takes what it can, and fills in what
 * it has. The order on a connection is the socket, then TLS, then layers in the order in which they were put
 * on.
 *
 * <p>One thread at a time calls it, and it must not use the connection. It keeps its own messages, such as
 * answers in a negotiation, for {@link #flush}, and must limit them: a peer may ask without reading. A
 * RuntimeException from a layer is a bug in it, and gives the connection up.
 */
@NotFrozen
public interface Layer {
  /**
   * Transforms bytes from the peer. Called again if {@code into} was full, possibly with no new bytes.
   *
   * @param from what came; what is not taken is passed again, with more after it, up to 16 KiB in all
   * @param into where the transformed bytes go
   * @throws IOException if the peer violates a rule of the layer, which is the message; what was transformed
   *     before can still be read, then the connection is given up
   */
  void receive(ByteBuffer from, ByteBuffer into) throws IOException;

  /**
   * Transforms bytes for the peer. It may hold back what it takes until {@link #flush}.
   *
   * @param from the bytes, at least one; what is not taken is passed again
   * @param into where the transformed bytes go, with room for at least 1 KiB; the layer must take or put at
   *     least one byte
   */
  void send(ByteBuffer from, ByteBuffer into);

  /**
   * Puts what {@link #send} held back, and the layer's own messages. Called at the end of each write and each
   * read, until it puts nothing.
   *
   * @param into where the transformed bytes go, with room for at least 1 KiB
   */
  void flush(ByteBuffer into);

  /**
   * Puts what ends the layer's own stream, before the output is shut down; nothing unless overridden. Called
   * until it puts nothing.
   *
   * @param into where the bytes go, with room for at least 1 KiB
   */
  default void finish(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
  }

  /**
   * Checks whether the peer may end the connection at this point; it may unless overridden.
   *
   * @throws IOException if it ends in the middle of something; the message is the rule
   */
  default void end() throws IOException {}
}
