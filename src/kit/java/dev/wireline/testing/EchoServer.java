package dev.wireline.testing;

import java.io.IOException;

/**
 * A server that sends back what it gets: the bytes as they come, or each line behind a prefix.
 *
 * <p>Thread-safe. It serves any number of clients, and hangs up on a client when that hangs up.
 */
public final class EchoServer extends LocalServer {

  private EchoServer(PeerServer server) {
    super(server);
  }

  /**
   * Starts a server that echoes bytes, on a free port of the loopback interface, without TLS.
   *
   * @return a server that listens
   * @throws IOException if it cannot listen
   */
  public static EchoServer start() throws IOException {
    return builder().start();
  }

  /**
   * Starts a server that echoes lines, on a free port of the loopback interface, without TLS.
   *
   * @param prefix what stands before each line, in ISO-8859-1
   * @return a server that listens
   * @throws IllegalArgumentException if a character of the prefix is not in ISO-8859-1
   * @throws IOException if it cannot listen
   */
  public static EchoServer start(String prefix) throws IOException {
    return builder().prefix(prefix).start();
  }

  /**
   * Starts to describe a server.
   *
   * @return a builder for TCP on the loopback interface, without TLS and without a prefix
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A description of a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private byte[] prefix = {};

    private Builder() {}

    /**
     * Echoes lines, each as it came with its line end, behind a prefix.
     *
     * @param text what stands before each line, in ISO-8859-1; empty to echo bytes
     * @return this builder
     * @throws IllegalArgumentException if a character is not in ISO-8859-1
     */
    public Builder prefix(String text) {
      this.prefix = Latin1.bytes(text);
      return this;
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
    public EchoServer start() throws IOException {
      return new EchoServer(serve(new EchoPeer(prefix)));
    }
  }
}
