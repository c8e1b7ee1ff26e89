package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import javax.net.ssl.SSLContext;

/** What all servers of this package with a behaviour of their own have in common. Thread-safe. */
public abstract class LocalServer implements AutoCloseable {

  final PeerServer server;

  LocalServer(PeerServer server) {
    this.server = server;
  }

  /**
   * Where the server listens.
   *
   * @return with TLS where the server has it; the host is an address
   */
  public final Endpoint endpoint() {
    return server.endpoint();
  }

  /**
   * A context for clients that trusts the certificate of this server alone.
   *
   * @return a new context
   * @throws IllegalStateException when the server has no TLS
   */
  public SSLContext clientContext() {
    return server.clientContext();
  }

  /**
   * How many connections were accepted so far, closed ones too.
   *
   * @return 0 or more
   */
  public final int connections() {
    return server.connections();
  }

  /**
   * Stops listening, cuts all connections and ends all threads; closing again does nothing.
   *
   * @throws IllegalStateException when the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    server.close();
  }
}
