package dev.wireline.testing;

import java.io.IOException;

/**
 * What a server does with a connection.
 *
 * <p>Implementations must be thread-safe if clients connect at the same time: each connection is served by its
 * own thread.
 */
@FunctionalInterface
public interface Peer {

  /**
   * Talks to one client. The connection is closed in an orderly way when this returns or throws.
   *
   * @param connection the connection, with TLS started if the server has it
   * @throws Exception whatever goes wrong; the first is kept as {@link PeerServer#failure()}
   */
  void talk(PeerConnection connection) throws Exception;

  /**
   * Called when a client connected but its TLS handshake failed; {@link #talk} is not called then.
   *
   * <p>Does nothing unless overridden.
   *
   * @param number the number of the connection, as {@link PeerConnection#number()} gives it
   * @param failure the exception of the TLS engine or the connection
   */
  default void handshakeFailed(int number, IOException failure) {}
}
