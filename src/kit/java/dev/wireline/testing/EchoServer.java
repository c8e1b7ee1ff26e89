package dev.wireline.testing;

import java.io.IOException;

/**
 * A server that echoes what it receives: bytes as they come, or each line after a prefix.
 *
 * <p>Thread-safe. It serves any number of clients, and hangs up on a client when the client does.
 */
public final class EchoServer extends LocalServer {

  private EchoServer(PeerServer server) {
    super(server);
  }

  /**
   * Starts a server that echoes bytes, on a free port of the loopback interface, without TLS.
   *
   * @return a listening server
   * @throws IOException if it cannot listen
   */
  public static EchoServer start() throws IOException {
    return builder().start();
  }

  /**
   * Starts a server that echoes lines, on a free port of the loopback interface, without TLS.
   *
   * @param prefix the text before each line, in ISO-8859-1
   * @return a listening server
   * @throws IllegalArgumentException if a character of the prefix is not in ISO-8859-1
   * @throws IOException if it cannot listen
   */
  public static EchoServer start(String prefix) throws IOException {
    return builder().prefix(prefix).start();
  }

  /**
   * Configures a server.
   *
   * @return a builder for TCP on the loopback interface, without TLS and without a prefix
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private byte[] prefix = {};

    private Builder() {}

    /**
     * Echoes lines, each as it came with its line end, after a prefix.
     *
     * @param text the text before each line, in ISO-8859-1; empty to echo bytes
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
     * @return a listening server
     * @throws IllegalStateException if a client certificate is required without TLS, or TLS is requested on a
     *     Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public EchoServer start() throws IOException {
      return new EchoServer(serve(new EchoPeer(prefix)));
    }
  }
}
