package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server whose behaviour is a {@link Peer}: the basis of all servers in this package.
 *
 * <p>Thread-safe. It accepts any number of simultaneous connections, and serves each on its own daemon thread.
 *
 * <pre>{@code
 * try (PeerServer server = PeerServer.start(connection -> connection.write("220 ready\r\n"))) {
 *   // connect a client to server.endpoint()
 * }
 * }</pre>
 */
public final class PeerServer implements AutoCloseable {

  private static final Duration END_OF_THREADS = Duration.ofSeconds(5);

  /** Those in the queue are accepted at once, but the accepting thread may be late. */
  private static final Duration TO_PASS_THE_QUEUE = Duration.ofSeconds(5);

  private final Listening listening;
  private final @Nullable TlsSide tls;
  private final Peer peer;
  private final Guard guard = new Guard();
  private final FirstFailure failure = new FirstFailure();
  private final List<PeerConnection> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private int accepted;
  private boolean closed;
  private boolean probed;
  private @Nullable SocketAddress probe;
  private @Nullable IOException handshakeFailure;

  private PeerServer(Listening listening, @Nullable TlsSide tls, Peer peer) {
    this.listening = listening;
    this.tls = tls;
    this.peer = peer;
  }

  /**
   * Starts a server without TLS on a free port of the loopback interface.
   *
   * @param peer what to do with each connection
   * @return a listening server
   * @throws IOException if it cannot listen
   */
  public static PeerServer start(Peer peer) throws IOException {
    return builder().start(peer);
  }

  /**
   * Configures a server.
   *
   * @return a builder for TCP on the loopback interface, without TLS
   */
  public static Builder builder() {
    return new Builder();
  }

  static PeerServer start(Listening listening, @Nullable TlsSide tls, Peer peer) {
    PeerServer server = new PeerServer(listening, tls, peer);
    server.startThread("accept", server::acceptAll);
    return server;
  }

  private void startThread(String role, Runnable work) {
    Thread thread = new Thread(work, "peer-server " + listening.endpoint() + " " + role);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        admit(listening.accept());
      }
    } catch (IOException e) {
      failure.take(e);
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    if (isProbe(channel)) {
      channel.close();
      guard.change(() -> probed = true);
      return;
    }
    ChannelLink link;
    try {
      link = ChannelLink.over(channel);
    } catch (IOException e) {
      failure.take(e);
      return;
    }
    boolean admitted = guard.changeAndGet(() -> startServing(link));
    if (!admitted) {
      link.close();
    }
  }

  private boolean isProbe(SocketChannel channel) {
    SocketAddress awaited = guard.read(() -> probe);
    if (awaited == null) {
      return false;
    }
    try {
      return awaited.equals(channel.getRemoteAddress());
    } catch (IOException e) {
      // It has gone already, and will be reported as one that was accepted and left.
      return false;
    }
  }

  private boolean startServing(ChannelLink link) {
    if (closed) {
      return false;
    }
    accepted++;
    PeerConnection connection = new PeerConnection(accepted, link);
    open.add(connection);
    threads.removeIf(thread -> !thread.isAlive());
    startThread("connection " + accepted, () -> serve(connection));
    return true;
  }

  private void serve(PeerConnection connection) {
    try (connection) {
      if (startedTls(connection)) {
        run(() -> peer.talk(connection));
      }
    } catch (IOException e) {
      // The client hung up before the last bytes or the close_notify: there is nobody to tell.
      return;
    } finally {
      guard.change(() -> open.remove(connection));
    }
  }

  private boolean startedTls(PeerConnection connection) {
    if (tls == null) {
      return true;
    }
    try {
      connection.startTls(tls);
      return true;
    } catch (IOException e) {
      guard.change(() -> handshakeFailure = handshakeFailure == null ? e : handshakeFailure);
      run(() -> peer.handshakeFailed(connection.number(), e));
      return false;
    }
  }

  private void run(Behaviour behaviour) {
    try {
      behaviour.run();
    } catch (Throwable t) {
      failure.take(t);
    }
  }

  private interface Behaviour {
    void run() throws Exception;
  }

  /**
   * The endpoint at which the server listens.
   *
   * @return the endpoint, with TLS if the server has it; the host is an address
   */
  public Endpoint endpoint() {
    return listening.endpoint().withTls(tls != null && !listening.endpoint().isUnix());
  }

  /**
   * The port on which the server listens.
   *
   * @return 1 to 65535, or -1 for a Unix-domain socket
   */
  public int port() {
    return listening.endpoint().port();
  }

  /**
   * A context for clients that trusts only the certificate of this server.
   *
   * @return a new context
   * @throws IllegalStateException if the server has no TLS
   */
  public SSLContext clientContext() {
    if (tls == null) {
      throw new IllegalStateException("the server at " + endpoint() + " has no TLS");
    }
    return tls.clientContext();
  }

  /**
   * How many connections have been accepted so far, including closed ones.
   *
   * @return 0 or more
   */
  public int connections() {
    return guard.read(() -> accepted);
  }

  /**
   * Waits until a total number of connections has been accepted.
   *
   * @param count how many
   * @param atMost how long to wait
   * @throws AssertionError if there were fewer by then, or the thread was interrupted
   */
  public void awaitConnections(int count, Duration atMost) {
    if (!guard.awaitInTest(() -> accepted >= count, atMost)) {
      throw new AssertionError(
          connections() + " of " + count + " connections were accepted within " + atMost);
    }
  }

  /**
   * Whether a client has come, with its connection accepted or still in the queue, where one of our own is
   * queued after it. For a TCP server.
   */
  boolean hasCome() {
    try (SocketChannel own = SocketChannel.open()) {
      own.bind(new InetSocketAddress(listening.endpoint().host(), 0));
      SocketAddress from = own.getLocalAddress();
      guard.change(() -> probe = from);
      own.connect(new InetSocketAddress(listening.endpoint().host(), port()));
      guard.awaitInTest(() -> probed || closed, TO_PASS_THE_QUEUE);
    } catch (IOException e) {
      // It no longer listens: nobody else can have come.
      return connections() > 0;
    }
    return connections() > 0;
  }

  /**
   * The first failure: an exception or an AssertionError of the peer.
   *
   * <p>Failures caused by closing the server do not count, nor do TLS handshakes.
   *
   * @return the failure; empty if there was none so far
   */
  public Optional<Throwable> failure() {
    return failure.get();
  }

  /**
   * Why the first failed TLS handshake failed.
   *
   * <p>A client may know about it earlier than the server.
   *
   * @return the failure; empty if all handshakes have succeeded so far
   */
  public Optional<IOException> handshakeFailure() {
    return Optional.ofNullable(guard.read(() -> handshakeFailure));
  }

  /**
   * Waits for a TLS handshake to fail.
   *
   * @param atMost how long to wait
   * @return as {@link #handshakeFailure()}
   * @throws AssertionError if no handshake failed in that time, or the thread was interrupted
   */
  public IOException awaitHandshakeFailure(Duration atMost) {
    guard.awaitInTest(() -> handshakeFailure != null, atMost);
    return handshakeFailure()
        .orElseThrow(() -> new AssertionError("no handshake failed within " + atMost));
  }

  /**
   * Stops listening, cuts all connections and ends all threads. Does nothing if called again.
   *
   * <p>Connections are cut without a close_notify. It waits up to 5 seconds for the peers to end, and
   * interrupts them half way through.
   *
   * @throws IllegalStateException if a peer did not end, or the thread was interrupted meanwhile; everything is
   *     closed all the same
   */
  @Override
  public void close() {
    List<PeerConnection> connections = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    failure.close();
    guard.change(() -> {
      closed = true;
      connections.addAll(open);
      running.addAll(threads);
    });
    Ending ending = new Ending();
    ending.attempt(listening::close);
    for (PeerConnection connection : connections) {
      ending.attempt(connection::closeWithoutNotify);
    }
    ending.join(running, END_OF_THREADS);
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Starts the server.
     *
     * @param peer what to do with each connection
     * @return a listening server
     * @throws IllegalStateException if a client certificate is required without TLS, or TLS is requested on a
     *     Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public PeerServer start(Peer peer) throws IOException {
      return serve(Objects.requireNonNull(peer, "peer"));
    }
  }
}
