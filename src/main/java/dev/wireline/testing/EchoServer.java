package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A server that sends back what it gets: the bytes as they come, or each line behind a prefix.
 *
 * <p>Thread-safe. It serves any number of clients, and hangs up on a client when that hangs up.
 */
public final class EchoServer implements AutoCloseable {

  private final PeerServer server;

  private EchoServer(PeerServer server) {
    this.server = server;
  }

  /**
   * Starts a server that echoes bytes, on a free port of the loopback interface, without TLS.
   *
   * @return a server that listens
   * @throws IOException when it cannot listen
   */
  public static EchoServer start() throws IOException {
    return builder().start();
  }

  /**
   * Starts a server that echoes lines, on a free port of the loopback interface, without TLS.
   *
   * @param prefix what stands before each line, in ISO-8859-1
   * @return a server that listens
   * @throws IllegalArgumentException when a character of the prefix is not in ISO-8859-1
   * @throws IOException when it cannot listen
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
   * What went wrong first, such as a line of more than 1 MiB; a client that hangs up is not wrong.
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

    private final PeerServer.Builder server = PeerServer.builder();
    private byte[] prefix = {};

    private Builder() {}

    /**
     * Echoes lines, each as it came with its line end, behind a prefix.
     *
     * @param text what stands before each line, in ISO-8859-1; empty to echo bytes
     * @return this builder
     * @throws IllegalArgumentException when a character is not in ISO-8859-1
     */
    public Builder prefix(String text) {
      this.prefix = Latin1.bytes(text);
      return this;
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
    public EchoServer start() throws IOException {
      return new EchoServer(server.start(new EchoPeer(prefix)));
    }
  }
}
