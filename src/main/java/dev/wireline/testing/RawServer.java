package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A server that answers requests like those of HTTP/1.1 with bytes that a test chose.
 *
 * <p>Thread-safe. A request is a head up to its empty line, and a body where the head has a
 * Content-Length or chunks; a server reads all of it before it answers. The first request gets the
 * first answer, whichever connection it comes on, and so on; when the answers run out, the last is
 * given again and again.
 *
 * <p>A client that hangs up early is no failure; a request whose framing is broken is.
 */
public final class RawServer implements AutoCloseable {

  private final PeerServer server;
  private final RawPeer peer;

  private RawServer(PeerServer server, RawPeer peer) {
    this.server = server;
    this.peer = peer;
  }

  /**
   * Starts a server on a free port of the loopback interface, without TLS.
   *
   * @param answers what it answers, one or more
   * @return a server that listens
   * @throws IllegalArgumentException when there is no answer
   * @throws IOException when it cannot listen
   */
  public static RawServer answering(RawAnswer... answers) throws IOException {
    return builder(answers).start();
  }

  /**
   * Starts to describe a server.
   *
   * @param answers what it answers, one or more
   * @return a builder for TCP on the loopback interface, without TLS
   * @throws IllegalArgumentException when there is no answer
   */
  public static Builder builder(RawAnswer... answers) {
    if (answers.length == 0) {
      throw new IllegalArgumentException("a server needs one answer or more");
    }
    return new Builder(List.of(answers));
  }

  /**
   * Where the server listens.
   *
   * @return with TLS where the server has it; the host is an address
   */
  public Endpoint endpoint() {
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
  public int connections() {
    return server.connections();
  }

  /**
   * The requests that were received in full so far, in their order.
   *
   * <p>A request stands here before the first byte of its answer is sent.
   *
   * @return a copy that stays as it is
   */
  public List<RawRequest> requests() {
    return peer.requests();
  }

  /**
   * Waits until a number of requests were received in all.
   *
   * @param count how many
   * @param atMost how long to wait
   * @throws AssertionError when there were fewer in time, or the thread was interrupted
   */
  public void awaitRequests(int count, Duration atMost) {
    peer.awaitRequests(count, atMost);
  }

  /**
   * What went wrong first, such as a request whose framing is broken.
   *
   * @return empty when nothing did so far
   */
  public Optional<Throwable> failure() {
    return server.failure();
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

  /** A description of a server. Not thread-safe. */
  public static final class Builder {

    private final List<RawAnswer> answers;
    private final PeerServer.Builder server = PeerServer.builder();

    private Builder(List<RawAnswer> answers) {
      this.answers = answers;
    }

    /**
     * Speaks TLS from the first byte, with a certificate made for it.
     *
     * @return this builder
     */
    public Builder tls() {
      server.tls();
      return this;
    }

    /**
     * Speaks TLS from the first byte.
     *
     * @param shown the certificate of the server
     * @return this builder
     */
    public Builder tls(TestCertificate shown) {
      server.tls(shown);
      return this;
    }

    /**
     * Listens on a Unix-domain socket in a new directory, which goes when the server is closed.
     *
     * @return this builder
     */
    public Builder unix() {
      server.unix();
      return this;
    }

    /**
     * Listens on a free port of another interface.
     *
     * @param local an address of this machine
     * @return this builder
     */
    public Builder address(InetAddress local) {
      server.address(local);
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws IllegalStateException when TLS is asked for on a Unix-domain socket
     * @throws IOException when it cannot listen; nothing is left open
     */
    public RawServer start() throws IOException {
      RawPeer peer = new RawPeer(answers);
      return new RawServer(server.start(peer), peer);
    }
  }
}
