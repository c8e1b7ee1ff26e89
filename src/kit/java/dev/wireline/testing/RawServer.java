package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A server that answers HTTP/1.1-like requests with bytes that the test chooses.
 *
 * <p>Thread-safe. A request is a head up to its empty line, plus a body if the head announces a Content-Length
 * or chunks; the server reads all of it before it answers. The first request gets the first answer, on
 * whichever connection it comes, and so on; when the answers run out, the last one is repeated.
 *
 * <p>A client that hangs up early is not a failure; a request with broken framing is.
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
   * @param answers the answers, at least one
   * @return a listening server
   * @throws IllegalArgumentException if there is no answer
   * @throws IOException if it cannot listen
   */
  public static RawServer answering(RawAnswer... answers) throws IOException {
    return builder(answers).start();
  }

  /**
   * Configures a server.
   *
   * @param answers the answers, at least one
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
   * The requests received in full so far, in order.
   *
   * <p>A request is listed here before the first byte of its answer is sent.
   *
   * @return an immutable copy
   */
  public List<RawRequest> requests() {
    return peer.requests();
  }

  /**
   * Waits until a total number of requests has been received.
   *
   * @param count how many
   * @param atMost how long to wait
   * @throws AssertionError if there were fewer by then, or the thread was interrupted
   */
  public void awaitRequests(int count, Duration atMost) {
    peer.awaitRequests(count, atMost);
  }

  /** Builds a server. Not thread-safe. */
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
     * @return a listening server
     * @throws IllegalStateException if a client certificate is required without TLS, or TLS is requested on a
     *     Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public RawServer start() throws IOException {
      RawPeer peer = new RawPeer(answers);
      return new RawServer(serve(peer), peer);
    }
  }
}
