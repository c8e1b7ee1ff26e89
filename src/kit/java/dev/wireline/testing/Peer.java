package dev.wireline.testing;

import java.io.IOException;

/**
 * What a server does with a connection.
 *
 * <p>Thread-safe implementations are needed where clients connect at once: each connection is
 * served by a thread of its own.
 */
@FunctionalInterface
public interface Peer {

  /**
   * Talks to one client; the connection is closed in an orderly way when it returns or throws.
   *
   * @param connection the connection, with TLS started where the server has it
   * @throws Exception whatever goes wrong; the first is kept as {@link PeerServer#failure()}
   */
  void talk(PeerConnection connection) throws Exception;

  /**
   * Learns that a client connected but no TLS came about; {@link #talk} is not called then.
   *
   * <p>Does nothing unless it is overridden.
   *
   * @param number the number of the connection, as {@link PeerConnection#number()} gives it
   * @param failure what the TLS engine or the connection said
   */
  default void handshakeFailed(int number, IOException failure) {}
}
