package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * A server that plays one conversation, written as the RFCs write them.
 *
 * <p>Thread-safe.
 *
 * <pre>
 * # an empty line and a line that starts with # say nothing
 * S: 220 ready
 * C: QUIT
 * S: 221 bye
 * </pre>
 *
 * <p>{@code S:} lines are sent with CRLF, those in a row together. {@code C:} lines are expected
 * exactly, with CRLF and in UTF-8. A conversation is played once, for the first client that
 * connects; any other is hung up on at once. At the first difference the server hangs up. Behind
 * the end of the script it leaves the connection open until the client hangs up or the server is
 * closed; when the client says more, that is a difference too.
 */
public final class ScriptedServer implements AutoCloseable {

  /** How long {@link #verify()} waits, unless set. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  private final PeerServer server;
  private final ScriptPlayer player;
  private final Duration patience;

  private ScriptedServer(PeerServer server, ScriptPlayer player, Duration patience) {
    this.server = server;
    this.player = player;
    this.patience = patience;
  }

  /**
   * Starts a server for a script on a free port of the loopback interface, without TLS.
   *
   * @param script the {@code S:} and {@code C:} lines
   * @return a server that listens
   * @throws IllegalArgumentException when a line of the script is neither, or it has none; the
   *     message says which
   * @throws IOException when it cannot listen
   */
  public static ScriptedServer play(String script) throws IOException {
    return builder(script).start();
  }

  /**
   * Starts to describe a server for a script.
   *
   * @param script the {@code S:} and {@code C:} lines
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException when a line of the script is neither, or it has none; the
   *     message says which
   */
  public static Builder builder(String script) {
    return new Builder(Script.parse(script));
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
   * What was really said so far.
   *
   * <p>Characters that do not print are escaped. A line of the client stands here once it was
   * received in full.
   *
   * @return {@code S:} and {@code C:} lines, with a line feed between them; empty when nothing was
   */
  public String conversation() {
    return player.conversation();
  }

  /**
   * Waits until the script was played to its end.
   *
   * <p>It waits no longer than the patience of this server, and not at all once a difference was
   * found. Bytes of the client behind the end make it fail when they had arrived before the call;
   * it does not wait for any.
   *
   * @throws AssertionError when the script was not played to its end, or the client said more; the
   *     message shows what was expected, what came, the script with a mark where it stopped, and
   *     what was said
   */
  public void verify() {
    player.verify(patience);
  }

  /**
   * Stops listening, cuts the connection and ends all threads; closing again does nothing.
   *
   * <p>A test that fails before it comes to {@link #verify()} is told of the difference here, which
   * try-with-resources then adds to its failure. A client that left early is no difference.
   *
   * @throws AssertionError when the client said something else or more than the script, and {@link
   *     #verify()} was never called; everything is closed all the same
   * @throws IllegalStateException when the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    server.close();
    player.tellDifference();
  }

  /** A description of a server. Not thread-safe. */
  public static final class Builder {

    private final Script script;
    private final PeerServer.Builder server = PeerServer.builder();
    private Delivery delivery = Delivery.WHOLE;
    private Duration patience = DEFAULT_PATIENCE;

    private Builder(Script script) {
      this.script = script;
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
     * Chooses how the lines of the server are sent.
     *
     * @param how whole or byte by byte
     * @return this builder
     */
    public Builder delivery(Delivery how) {
      this.delivery = Objects.requireNonNull(how, "how");
      return this;
    }

    /**
     * Chooses how long {@link ScriptedServer#verify()} waits.
     *
     * @param atMost the longest wait, 5 seconds unless set
     * @return this builder
     * @throws IllegalArgumentException when it is negative
     */
    public Builder patience(Duration atMost) {
      if (Objects.requireNonNull(atMost, "atMost").isNegative()) {
        throw new IllegalArgumentException("the patience must not be negative: " + atMost);
      }
      this.patience = atMost;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws IllegalStateException when TLS is asked for on a Unix-domain socket
     * @throws IOException when it cannot listen; nothing is left open
     */
    public ScriptedServer start() throws IOException {
      ScriptPlayer player = new ScriptPlayer(script, delivery);
      return new ScriptedServer(server.start(player), player, patience);
    }
  }
}
