package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What all ready-made servers in this package have in common. Thread-safe. */
public abstract class LocalServer implements AutoCloseable {

  final PeerServer server;

  LocalServer(PeerServer server) {
    this.server = server;
  }

  /**
   * The endpoint at which the server listens.
   *
   * @return the endpoint, with TLS if the server has it; the host is an address
   */
  public final Endpoint endpoint() {
    return server.endpoint();
  }

  /**
   * A context for clients that trusts only the certificate of this server.
   *
   * @return a new context
   * @throws IllegalStateException if the server has no TLS
   */
  public SSLContext clientContext() {
    return server.clientContext();
  }

  /**
   * How many connections have been accepted so far, including closed ones.
   *
   * @return 0 or more
   */
  public final int connections() {
    return server.connections();
  }

  /**
   * The first failure before the server was closed.
   *
   * <ul>
   *   <li>{@link ScriptedServer}: a client said something else or more than the script; the error is
   *       that of {@link ScriptedServer#verify()}.
   *   <li>{@link RawServer}: a request with broken framing.
   *   <li>{@link FolderServer}: a file that became shorter while it was being sent.
   *   <li>{@link EchoServer}: a line of more than 1 MiB.
   *   <li>{@link Recorder}: a real server that cannot be reached.
   * </ul>
   *
   * <p>A client that hangs up early is not a failure, nor is a failed TLS handshake.
   *
   * @return the failure; empty if there was none so far
   */
  public Optional<Throwable> failure() {
    return server.failure();
  }

  /**
   * Stops listening, cuts all connections and ends all threads. Does nothing if called again.
   *
   * @throws IllegalStateException if the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    server.close();
  }
}
