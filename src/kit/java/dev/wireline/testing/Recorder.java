package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A proxy for a real server that passes everything on and records the conversation.
 *
 * <p>Thread-safe. For each client it dials the real server, and passes on what either side says and how the
 * server ends the connection. {@link #script()} returns the conversation in the notation of {@link
 * ScriptedServer}, which can then replace the real server:
 *
 * <pre>{@code
 * try (Recorder recorder = Recorder.builder(server).secretBehind("PASS ").start()) {
 *   // connect a client to recorder.endpoint(), let it do its work, and close it
 *   recorder.saveTo(Path.of("src/test/resources/login.script"));
 * }
 * }</pre>
 *
 * <p>Lines of printable UTF-8 that end with CRLF become {@code S:} and {@code C:} lines, anything else {@code
 * S>} and {@code C>}; a client that says the same gets the same answers. Timing is not recorded, nor is TLS
 * that starts in mid-conversation. Secrets are replaced:
 *
 * <ul>
 *   <li>in a {@code C:} line as <code>{*}</code>, which matches any text;
 *   <li>in {@code C>} as a <code>\?</code> for each byte, which matches any byte;
 *   <li>in what the server says by a {@code *} for each byte, so that announced lengths stay correct.
 * </ul>
 *
 * <p>If a client mentions the address of the recorder, as in a Host field, that is replaced in the same way,
 * since the server that plays the script has another one.
 */
public final class Recorder extends LocalServer {

  /** The default limit of recorded bytes, of all connections and both sides: 1 MiB. */
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
   * @param real the endpoint of the real server; with {@code tls://} it needs a certificate that the JDK's
   *     default context trusts
   * @return a listening recorder; the real server is dialled when a client connects
   * @throws IOException if it cannot listen
   */
  public static Recorder of(Endpoint real) throws IOException {
    return builder(real).start();
  }

  /**
   * Configures a recorder.
   *
   * @param real the endpoint of the real server
   * @return a builder for TCP on the loopback interface, without TLS and without secrets
   */
  public static Builder builder(Endpoint real) {
    return new Builder(Objects.requireNonNull(real, "real"));
  }

  /**
   * The conversation so far, without the secrets.
   *
   * <p>It includes everything that a client had received before the call, and what it had sent on an accepted
   * connection. To ensure that, it waits about 5 seconds at most until what has arrived was taken. If the
   * server hung up first, that is recorded as {@code <close>}, {@code <cut>} or {@code <reset>}; if the client
   * did, the script ends open.
   *
   * @return a playable script with a line feed after each line, and the connections in the order in which the
   *     clients came
   * @throws IllegalStateException if no client came, when more was said than is recorded, or if the real server
   *     could not be reached by a client; but for the first, asking again does not help
   * @throws AssertionError if the thread was interrupted while it waited; its flag stays set
   */
  public String script() {
    return relay.script(ofClient, ofServer, server.connections());
  }

  /**
   * Saves the conversation so far to a file, replacing it.
   *
   * @param file where to write {@link #script()}, in UTF-8
   * @throws IllegalStateException as {@link #script()} does; the file is as it was
   * @throws AssertionError as {@link #script()} does; the file is as it was
   * @throws IOException if the file cannot be written
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    Files.writeString(file, script());
  }

  /**
   * Stops listening, cuts the connections on both sides and ends all threads; what was recorded is kept. Does
   * nothing if called again.
   *
   * @throws IllegalStateException if the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    relay.close();
    super.close();
  }

  /** Builds a recorder. Not thread-safe. */
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
     * The TLS context with which the recorder connects to the real server.
     *
     * @param trusting a context for clients; the JDK's default unless set
     * @return this builder
     */
    public Builder serverContext(SSLContext trusting) {
      this.context = Objects.requireNonNull(trusting, "trusting");
      return this;
    }

    /**
     * Removes secrets from the script, wherever either side says them.
     *
     * <p>They are found literally, in UTF-8, even if line ends and white space fold one over several lines, but
     * not in an encoding such as base64: name that too, or use {@link #secretBehind(String...)}. If a side
     * stopped in the middle of one, up to 3 bytes of it, less than half, may remain.
     *
     * @param values the secrets, none of them empty
     * @return this builder
     * @throws IllegalArgumentException if one is empty
     */
    public Builder secret(String... values) {
      secrets.addValues(values);
      return this;
    }

    /**
     * Removes the rest of lines with certain prefixes from the script, for both sides.
     *
     * <p>Following lines that start with white space are the rest of a folded field (RFC 9112, section 5.2) and
     * are removed too. White space after a colon at the end of a prefix does not matter.
     *
     * @param starts the prefixes, such as {@code "PASS "} or {@code "Authorization: "}, none of them empty;
     *     case does not matter
     * @return this builder
     * @throws IllegalArgumentException if one is empty
     */
    public Builder secretBehind(String... starts) {
      secrets.addStarts(starts);
      return this;
    }

    /**
     * Limits how much is recorded. Anything beyond is passed on, but then there is no script.
     *
     * @param count the most bytes of all connections and both sides, 1 or more; 1 MiB unless set
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
     * @return a listening recorder; the real server is dialled when a client connects
     * @throws IllegalStateException if a client certificate is required without TLS, or TLS is requested on a
     *     Unix-domain socket
     * @throws IOException if it cannot listen; nothing is left open
     */
    public Recorder start() throws IOException {
      Relay relay = new Relay(new Uplink(real, context), maxBytes);
      return new Recorder(serve(relay), relay, secrets);
    }
  }
}
