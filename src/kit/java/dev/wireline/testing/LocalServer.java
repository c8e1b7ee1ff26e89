package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.util.Optional;
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
   * @throws IllegalStateException if the server has no TLS
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
   * What went wrong first, before the close of the server.
   *
   * <ul>
   *   <li>{@link ScriptedServer}: a client said something else or more than the script; the error is
   *       that of {@link ScriptedServer#verify()}.
   *   <li>{@link RawServer}: a request whose framing is broken.
   *   <li>{@link FolderServer}: a file that became shorter while it was sent.
   *   <li>{@link EchoServer}: a line of more than 1 MiB.
   *   <li>{@link Recorder}: a real server that cannot be reached.
   * </ul>
   *
   * <p>A client that hangs up early is not wrong, nor is a TLS handshake that fails.
   *
   * @return empty if nothing did so far
   */
  public Optional<Throwable> failure() {
    return server.failure();
  }

  /**
   * Stops listening, cuts all connections and ends all threads; closing again does nothing.
   *
   * @throws IllegalStateException if the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    server.close();
  }
}
