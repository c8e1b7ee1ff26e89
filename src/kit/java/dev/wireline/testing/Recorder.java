package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a real server that passes everything on, and writes down what was said.
 *
 * <p>Thread-safe. For each client it dials the real server, and hands on what either side says and
 * how the server ends the connection. {@link #script()} gives the conversation in the notation of
 * {@link ScriptedServer}, which then takes the place of the real server:
 *
 * <pre>{@code
 * try (Recorder recorder = Recorder.builder(server).secretBehind("PASS ").start()) {
 *   // connect a client to recorder.endpoint(), let it do its work, and close it
 *   recorder.saveTo(Path.of("src/test/resources/login.script"));
 * }
 * }</pre>
 *
 * <p>Lines that end with CRLF and hold printable UTF-8 stand as {@code S:} and {@code C:} lines,
 * anything else as {@code S>} and {@code C>}; a client that says the same is answered the same. The
 * times between are not recorded, nor is TLS that starts in mid-conversation. A secret is written
 * so:
 *
 * <ul>
 *   <li>in a {@code C:} line as <code>{*}</code>, which any text fits;
 *   <li>in {@code C>} as a <code>\?</code> for each byte, which any byte fits;
 *   <li>in what the server says as a {@code *} for each byte, so that the lengths which it announces
 *       still hold.
 * </ul>
 *
 * <p>Where a client says the address of the recorder, as in a Host field, that is written in the
 * same way: the server that plays the script has another one.
 */
public final class Recorder extends LocalServer {

  /** How many bytes of all connections and both sides are recorded, unless set: 1 MiB. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  private final Relay relay;
  private final Secrets ofClient;
  private final Secrets ofServer;

  private Recorder(PeerServer server, Relay relay, Secrets secrets) {
    super(server);
    this.relay = relay;
    this.ofClient = secrets.copy();
    this.ofServer = secrets.copy();
    if (!endpoint().isUnix()) {
      ofClient.addValues(endpoint().authority());
    }
  }

  /**
   * Starts a recorder on a free port of the loopback interface, without TLS and without secrets.
   *
   * @param real where the real server listens; over {@code tls://} it needs a certificate that the
   *     default context of the JDK trusts
   * @return a recorder that listens; the real server is dialled when a client comes
   * @throws IOException if it cannot listen
   */
  public static Recorder of(Endpoint real) throws IOException {
    return builder(real).start();
  }

  /**
   * Starts to describe a recorder.
   *
   * @param real where the real server listens
   * @return a builder for TCP on the loopback interface, without TLS and without secrets
   */
  public static Builder builder(Endpoint real) {
    return new Builder(Objects.requireNonNull(real, "real"));
  }

  /**
   * What was said so far, without the secrets.
   *
   * <p>All that a client had received before the call is in it, and what it had sent on a connection
   * that was accepted. To that end it waits, for 5 seconds or so at most, until what has arrived was
   * taken. A server that hung up last is recorded
   * with {@code <close>}, {@code <cut>} or {@code <reset>}; where the client was the first to hang
   * up, the script ends open.
   *
   * @return a script that can be played, a line feed behind each line, the connections in the order
   *     in which the clients came
   * @throws IllegalStateException if no client came, when more was said than is recorded, or if the real server
   *     could not be reached by a client; but for the first, asking again does not help
   * @throws AssertionError if the thread was interrupted while it waited; its flag stays set
   */
  public String script() {
    return relay.script(ofClient, ofServer, server.connections());
  }

  /**
   * Writes what was said so far to a file, which is replaced.
   *
   * @param file where {@link #script()} is written, in UTF-8
   * @throws IllegalStateException as {@link #script()} does; the file is as it was
   * @throws AssertionError as {@link #script()} does; the file is as it was
   * @throws IOException if the file cannot be written
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    Files.writeString(file, script());
  }

  /**
   * Stops listening, cuts the connections on both sides and ends all threads; what was recorded
   * stays. Closing again does nothing.
   *
   * @throws IllegalStateException if the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    relay.close();
    super.close();
  }

  /** A description of a recorder. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private final Endpoint real;
    private final Secrets secrets = new Secrets();
    private @Nullable SSLContext context;
    private int maxBytes = DEFAULT_MAX_BYTES;

    private Builder(Endpoint real) {
      this.real = real;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Chooses how the recorder knows a real server that speaks TLS.
     *
     * @param trusting a context for clients; the default of the JDK unless set
     * @return this builder
     */
    public Builder serverContext(SSLContext trusting) {
      this.context = Objects.requireNonNull(trusting, "trusting");
      return this;
    }

    /**
     * Leaves texts out of the script, wherever either side says them.
     *
     * <p>They are found as they stand, in UTF-8, also where line ends and white space around them
     * break one into several lines, and not in an encoding such as base64: name that too, or use
     * {@link #secretBehind(String...)}. Of one that was cut off where a side stopped
     * speaking, up to 3 bytes that are less than half of it may stand there.
     *
     * @param values none of them empty
     * @return this builder
     * @throws IllegalArgumentException if one is empty
     */
    public Builder secret(String... values) {
      secrets.addValues(values);
      return this;
    }

    /**
     * Leaves the rest of lines out of the script: of those of either side that start so.
     *
     * <p>Lines behind it that start with white space are the rest of a folded field (RFC 9112,
     * section 5.2) and are left out too. White space behind a colon at the end does not matter.
     *
     * @param starts such as {@code "PASS "} or {@code "Authorization: "}, none of them empty; case
     *     does not matter
     * @return this builder
     * @throws IllegalArgumentException if one is empty
     */
    public Builder secretBehind(String... starts) {
      secrets.addStarts(starts);
      return this;
    }

    /**
     * Chooses how much is recorded; what comes behind is passed on, but there is no script then.
     *
     * @param count the most bytes of all connections and both sides, 1 or more, 1 MiB unless set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxBytes(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("at least 1 byte is recorded, not " + count);
      }
      this.maxBytes = count;
      return this;
    }

    /**
     * Starts the recorder.
     *
     * @return a recorder that listens; the real server is dialled when a client comes
     * @throws IllegalStateException if a client certificate is needed but there is no TLS, or TLS
     *     is asked for on a Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public Recorder start() throws IOException {
      Relay relay = new Relay(new Uplink(real, context), maxBytes);
      return new Recorder(serve(relay), relay, secrets);
    }
  }
}
