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
 * A server whose behaviour is a {@link Peer}: what all servers of this package stand on.
 *
 * <p>Thread-safe. It accepts any number of connections, also at once, and serves each on a daemon
 * thread of its own.
 *
 * <pre>{@code
 * try (PeerServer server = PeerServer.start(connection -> connection.write("220 ready\r\n"))) {
 *   // connect a client to server.endpoint()
 * }
 * }</pre>
 */
public final class PeerServer implements AutoCloseable {

  private static final Duration END_OF_THREADS = Duration.ofSeconds(5);

  /** All in the queue are taken at once; the accepting thread may be late. */
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
   * @param peer what it does with each connection
   * @return a server that listens
   * @throws IOException if it cannot listen
   */
  public static PeerServer start(Peer peer) throws IOException {
    return builder().start(peer);
  }

  /**
   * Starts to describe a server.
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
      // It has gone already, and will be told as one that was accepted and is gone.
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
      // The client hung up before the last bytes or the close_notify: nobody is left to tell.
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
   * Where the server listens.
   *
   * @return with TLS where the server has it; the host is an address
   */
  public Endpoint endpoint() {
    return listening.endpoint().withTls(tls != null && !listening.endpoint().isUnix());
  }

  /**
   * The port where the server listens.
   *
   * @return 1 to 65535, or -1 for a Unix-domain socket
   */
  public int port() {
    return listening.endpoint().port();
  }

  /**
   * A context for clients that trusts the certificate of this server alone.
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
   * How many connections were accepted so far, closed ones too.
   *
   * @return 0 or more
   */
  public int connections() {
    return guard.read(() -> accepted);
  }

  /**
   * Waits until a number of connections were accepted in all.
   *
   * @param count how many
   * @param atMost how long to wait
   * @throws AssertionError if there were fewer in time, or the thread was interrupted
   */
  public void awaitConnections(int count, Duration atMost) {
    if (!guard.awaitInTest(() -> accepted >= count, atMost)) {
      throw new AssertionError(
          connections() + " of " + count + " connections were accepted within " + atMost);
    }
  }

  /**
   * Whether a client has come, its connection accepted or still in the queue: one of our own is behind
   * it there. For a server on TCP.
   */
  boolean hasCome() {
    try (SocketChannel own = SocketChannel.open()) {
      own.bind(new InetSocketAddress(listening.endpoint().host(), 0));
      SocketAddress from = own.getLocalAddress();
      guard.change(() -> probe = from);
      own.connect(new InetSocketAddress(listening.endpoint().host(), port()));
      guard.awaitInTest(() -> probed || closed, TO_PASS_THE_QUEUE);
    } catch (IOException e) {
      // It listens no more: nobody else will have come.
      return connections() > 0;
    }
    return connections() > 0;
  }

  /**
   * What went wrong first: an exception or an AssertionError of the peer.
   *
   * <p>What the close of the server brings about does not count, nor does a TLS handshake.
   *
   * @return empty if nothing did so far
   */
  public Optional<Throwable> failure() {
    return failure.get();
  }

  /**
   * Why TLS did not come about for a client, for the first that had this fate.
   *
   * <p>A client may know of it earlier than the server.
   *
   * @return empty if all handshakes went well so far
   */
  public Optional<IOException> handshakeFailure() {
    return Optional.ofNullable(guard.read(() -> handshakeFailure));
  }

  /**
   * Waits until TLS did not come about for a client.
   *
   * @param atMost how long to wait
   * @return as {@link #handshakeFailure()}
   * @throws AssertionError if all handshakes went well in time, or the thread was interrupted
   */
  public IOException awaitHandshakeFailure(Duration atMost) {
    guard.awaitInTest(() -> handshakeFailure != null, atMost);
    return handshakeFailure()
        .orElseThrow(() -> new AssertionError("no handshake failed within " + atMost));
  }

  /**
   * Stops listening, cuts all connections and ends all threads; closing again does nothing.
   *
   * <p>Connections are cut without a close_notify. It waits up to 5 seconds for the peers to end,
   * which are interrupted half way through.
   *
   * @throws IllegalStateException if a peer went on in spite of it, or the thread was interrupted
   *     meanwhile; everything is closed all the same
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

  /** A description of a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Starts the server.
     *
     * @param peer what it does with each connection
     * @return a server that listens
     * @throws IllegalStateException if a client certificate is needed but there is no TLS, or TLS
     *     is asked for on a Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public PeerServer start(Peer peer) throws IOException {
      return serve(Objects.requireNonNull(peer, "peer"));
    }
  }
}
