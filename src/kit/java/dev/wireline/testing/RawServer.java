package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
public final class RawServer extends LocalServer {

  private final RawPeer peer;

  private RawServer(PeerServer server, RawPeer peer) {
    super(server);
    this.peer = peer;
  }

  /**
   * Starts a server on a free port of the loopback interface, without TLS.
   *
   * @param answers what it answers, one or more
   * @return a server that listens
   * @throws IllegalArgumentException if there is no answer
   * @throws IOException if it cannot listen
   */
  public static RawServer answering(RawAnswer... answers) throws IOException {
    return builder(answers).start();
  }

  /**
   * Starts to describe a server.
   *
   * @param answers what it answers, one or more
   * @return a builder for TCP on the loopback interface, without TLS
   * @throws IllegalArgumentException if there is no answer
   */
  public static Builder builder(RawAnswer... answers) {
    if (answers.length == 0) {
      throw new IllegalArgumentException("a server needs one answer or more");
    }
    return new Builder(List.of(answers));
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
   * @throws AssertionError if there were fewer in time, or the thread was interrupted
   */
  public void awaitRequests(int count, Duration atMost) {
    peer.awaitRequests(count, atMost);
  }

  /** A description of a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private final List<RawAnswer> answers;

    private Builder(List<RawAnswer> answers) {
      this.answers = answers;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws IllegalStateException if a client certificate is needed but there is no TLS, or TLS
     *     is asked for on a Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public RawServer start() throws IOException {
      RawPeer peer = new RawPeer(answers);
      return new RawServer(serve(peer), peer);
    }
  }
}
