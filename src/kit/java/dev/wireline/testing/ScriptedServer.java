package dev.wireline.testing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that plays a conversation, written in the style of the RFCs.
 *
 * <p>Thread-safe.
 *
 * <pre>
 * # an empty line and a line that starts with # say nothing
 * S: 220 ready
 * C: HELO {name} | EHLO {name}
 * S: 250 hello {name}
 * C: STARTTLS
 * S: 220 go ahead
 * &lt;STARTTLS&gt;
 * C: QUIT
 * S: 221 bye
 * &lt;close&gt;
 * </pre>
 *
 * <p>{@code S:} lines are sent with CRLF and in UTF-8, consecutive ones together. {@code C:} lines are expected
 * exactly, with CRLF and in UTF-8, except for this notation:
 *
 * <ul>
 *   <li><code>{name}</code> stands for one word: at least one byte, without spaces. A later {@code S:} line
 *       repeats it with <code>{name}</code>. If a name is used again, the last word counts.
 *   <li><code>{name*}</code> stands for any text, even empty or with spaces, and is repeated with
 *       <code>{name}</code>.
 *   <li><code>{*}</code> stands for any text that is not repeated.
 *   <li>{@code A | B} stands for either; a name that only the other alternative would have captured is repeated
 *       as nothing.
 *   <li><code>&#123;&#123;&#125;</code> and <code>{|}</code> stand for a brace and a bar. Other braces, such as
 *       in <code>{5}</code> and <code>{"a":1}</code>, stand for themselves.
 * </ul>
 *
 * <p>{@code S> "\x00\xff"} sends bytes and {@code C> "+\r\n"} expects them: text in quotes, in UTF-8, without
 * an implied line end, and with the escapes \r \n \t \\ \" and \xHH; in {@code C>} a \? stands for any one
 * byte.
 *
 * <p>A line in angle brackets is an action of the server at this point:
 *
 * <ul>
 *   <li>{@code <STARTTLS>}: starts TLS, with a certificate that {@link #clientContext()} trusts.
 *   <li>{@code <delay 50ms>}, {@code <delay 2s>}: waits.
 *   <li>{@code <half-close>}: shuts its output down; the client may go on.
 *   <li>{@code <close>}: closes the connection, over TLS with a close_notify.
 *   <li>{@code <cut>}: closes the connection without a close_notify.
 *   <li>{@code <reset>}: closes the connection with a TCP reset.
 *   <li>{@code <stall>}: neither sends nor reads anything more, until the server is closed.
 *   <li>{@code <next connection>}: what follows is for another connection.
 * </ul>
 *
 * <p>Indented lines belong to the line in brackets above them:
 *
 * <pre>
 * &lt;at any time&gt;
 *   C: NOOP
 *   S: 250 ok
 *   C: PING {id}
 *   S: PONG {id}
 * C: IDLE
 * &lt;every 10ms&gt;
 *   S: * still here
 * C: DONE
 * </pre>
 *
 * <ul>
 *   <li>{@code <at any time>}: from here to the end of the connection, the client may say each of these {@code
 *       C:} lines any number of times, or never, whenever the server waits for it and even after the end of the
 *       script. The {@code S:} lines below one answer it. What the script expects at a point takes precedence.
 *       A name captured by such a line is known only to its answer.
 *   <li>{@code <every 10ms>}, {@code <every 2s>}: the server repeats these {@code S:} lines while it waits for
 *       the {@code C:} line or during the delay that follows, or after the end of the script; the first time
 *       after one period. {@link #conversation()} shows them once per wait.
 * </ul>
 *
 * <p>Each connection is played once: the first client gets the lines before the first {@code <next
 * connection>}, the second those after it, whether they connect at the same time or one after another.
 * Simultaneous clients get their lines in the order in which they connected. With TLS from the first byte, a
 * client whose handshake fails uses up no lines, and the next one gets them. The server hangs up at once on a
 * client for which there are no lines, and {@link #verify()} reports it. At the first difference the server
 * hangs up. After the end of its lines it leaves the connection open until the client hangs up or the server is
 * closed; if the client says more, that is a difference too.
 */
public final class ScriptedServer extends LocalServer {

  /** How long {@link #verify()} waits by default. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  private final ScriptPlayer player;
  private final Duration patience;
  private final @Nullable TestCertificate certificate;

  /** The seed for playing the same pieces again; null once it was reported. */
  private final AtomicReference<@Nullable Long> seed;

  private ScriptedServer(
      PeerServer server,
      ScriptPlayer player,
      Duration patience,
      @Nullable TestCertificate certificate,
      @Nullable Long seed) {
    super(server);
    this.seed = new AtomicReference<>(seed);
    this.player = player;
    this.patience = patience;
    this.certificate = certificate;
  }

  /**
   * Plays a script on a free port of the loopback interface, without TLS.
   *
   * @param script a script in the notation of this class
   * @return a listening server
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   * @throws IOException if it cannot listen
   */
  public static ScriptedServer play(String script) throws IOException {
    return builder(script).start();
  }

  /**
   * Plays a script in a file on a free port of the loopback interface, without TLS.
   *
   * @param script a file in UTF-8, in the notation of this class
   * @return a listening server
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   * @throws IOException if the file cannot be read, or the server cannot listen
   */
  public static ScriptedServer playFile(Path script) throws IOException {
    return fileBuilder(script).start();
  }

  /**
   * Plays a script from a test resource on a free port of the loopback interface, without TLS.
   *
   * @param near a class in the same package; in a named module the package must be open
   * @param name the name for {@link Class#getResourceAsStream(String)}, such as {@code login.script}
   * @return a listening server
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   * @throws FileNotFoundException if there is no such resource
   * @throws IOException if the resource is not in UTF-8, or the server cannot listen
   */
  public static ScriptedServer playResource(Class<?> near, String name) throws IOException {
    return resourceBuilder(near, name).start();
  }

  /**
   * Configures a server for a script.
   *
   * @param script a script in the notation of this class
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   */
  public static Builder builder(String script) {
    return new Builder(Script.parse(script));
  }

  /**
   * Configures a server for a script in a file.
   *
   * @param script a file in UTF-8, in the notation of this class
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   * @throws IOException if the file cannot be read
   */
  public static Builder fileBuilder(Path script) throws IOException {
    return builder(Files.readString(Objects.requireNonNull(script, "script")));
  }

  /**
   * A context for clients that trusts only the certificate of this server.
   *
   * @return a new context
   * @throws IllegalStateException if the server has no TLS, and its script does not start it
   */
  @Override
  public SSLContext clientContext() {
    return certificate == null ? super.clientContext() : certificate.clientContext();
  }

  /**
   * Configures a server for a script from a test resource.
   *
   * @param near a class in the same package; in a named module the package must be open
   * @param name the name for {@link Class#getResourceAsStream(String)}, such as {@code login.script}
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   * @throws FileNotFoundException if there is no such resource
   * @throws IOException if the resource is not in UTF-8
   */
  public static Builder resourceBuilder(Class<?> near, String name) throws IOException {
    Objects.requireNonNull(near, "near");
    Objects.requireNonNull(name, "name");
    try (InputStream resource = near.getResourceAsStream(name)) {
      if (resource == null) {
        throw new FileNotFoundException(
            "there is no resource \"" + Escaped.text(name) + "\" beside " + near.getName());
      }
      ByteBuffer bytes = ByteBuffer.wrap(resource.readAllBytes());
      return builder(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    }
  }

  /**
   * The actual conversation so far.
   *
   * <p>Unprintable characters are escaped. A client line appears here once it has been received in full.
   *
   * @return lines as in a script, separated by line feeds, in the order of the script if there are several
   *     connections; empty if nothing was said
   */
  public String conversation() {
    return player.conversation();
  }

  /**
   * Waits until the script has been played to its end.
   *
   * <p>It waits no longer than the patience of this server, and not at all once a difference was found. Client
   * bytes after the end make it fail if they arrived before the call; it does not wait for any. Only with
   * {@link Builder#strict()} does it check that the client has read everything that the server said.
   *
   * @throws AssertionError if the script was not played to its end, or the client said more; for the first
   *     connection with a difference, the message shows what was expected and what came and, side by side, the
   *     script with a mark where it stopped and the actual conversation
   */
  public void verify() {
    player.verify(patience, server::connections);
  }

  @Override
  public Optional<Throwable> failure() {
    Optional<Throwable> difference = player.difference();
    return difference.isPresent() ? difference : super.failure();
  }

  /**
   * Stops listening, cuts the connection and ends all threads. Does nothing if called again.
   *
   * <p>If a test fails before it gets to {@link #verify()}, the difference is reported here, and
   * try-with-resources adds it to the test's failure. A client that left early is not a difference. A random
   * seed of {@link Delivery#SPLIT_AT_RANDOM} is then printed to the standard error stream.
   *
   * @throws AssertionError if the client said something else or more than the script, and {@link
   *     #verify()} was never called; everything is closed all the same
   * @throws IllegalStateException if the thread was interrupted meanwhile; everything is closed
   *     all the same
   */
  @Override
  public void close() {
    server.close();
    tellSeed();
    player.tellDifference();
  }

  /** The test may have failed for a reason that the kit does not see. */
  private void tellSeed() {
    Long drawn = seed.getAndSet(null);
    if (drawn != null && !player.wasVerified()) {
      System.err.println(endpoint() + " split at random from the seed " + drawn);
    }
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private final Script script;
    private Delivery delivery = Delivery.WHOLE;
    private Duration patience = DEFAULT_PATIENCE;
    private int times = 1;
    private boolean strict;
    private @Nullable Long seed;
    private @Nullable TestCertificate startTls;

    private Builder(Script script) {
      this.script = script;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The certificate for {@code <STARTTLS>}.
     *
     * @param shown the certificate of the server; a new one unless set
     * @return this builder
     */
    public Builder startTls(TestCertificate shown) {
      this.startTls = Objects.requireNonNull(shown, "shown");
      return this;
    }

    /**
     * Chooses how the lines of the server are sent.
     *
     * @param how whole, byte by byte, or split at random
     * @return this builder
     */
    public Builder delivery(Delivery how) {
      this.delivery = Objects.requireNonNull(how, "how");
      return this;
    }

    /**
     * Delivers the server's lines split at random in the same way as before.
     *
     * @param number the seed that was printed or reported then
     * @return this builder
     */
    public Builder seed(long number) {
      this.seed = number;
      return delivery(Delivery.SPLIT_AT_RANDOM);
    }

    /**
     * Plays the script several times, for as many more clients.
     *
     * @param count how often; once unless set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder times(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("a script is played once or more, not " + count);
      }
      this.times = count;
      return this;
    }

    /**
     * Chooses how long {@link ScriptedServer#verify()} waits.
     *
     * @param atMost the longest wait; 5 seconds unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder patience(Duration atMost) {
      if (Objects.requireNonNull(atMost, "atMost").isNegative()) {
        throw new IllegalArgumentException("the patience must not be negative: " + atMost);
      }
      this.patience = atMost;
      return this;
    }

    /**
     * Fails a client that hangs up before it has read everything that the server said.
     *
     * <p>{@link ScriptedServer#verify()} then also waits until the client has hung up, so close it first.
     * "Read" means taken from the operating system, which may be more than the client's user asked for. If a
     * client hangs up with unread bytes, Linux resets the connection; a deliberate reset by the client fails
     * too. Over TLS, and if the script itself ends the connection, there is no way to tell what was left
     * unread, so {@link #start()} refuses both.
     *
     * @return this builder
     */
    public Builder strict() {
      this.strict = true;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a listening server
     * @throws IllegalStateException if a client certificate is required without TLS from the first byte; if TLS
     *     is requested on a Unix-domain socket, or twice: from the first byte and by the script; or if it is
     *     strict and has TLS or a script that ends a connection
     * @throws IOException if it cannot listen; nothing is left open
     */
    public ScriptedServer start() throws IOException {
      if (hasTls() && script.startsTls()) {
        throw new IllegalStateException("the script starts TLS on a server that starts with it");
      }
      if (strict) {
        checkStrict();
      }
      TestCertificate shown = script.startsTls() ? certificate() : null;
      long number = seed == null ? new Random().nextLong() : seed;
      boolean random = delivery == Delivery.SPLIT_AT_RANDOM;
      ScriptPlayer player = new ScriptPlayer(
          script.repeated(times),
          index -> delivery.sending(number + index),
          random ? "split at random from the seed " + number + "\n" : "",
          shown,
          strict);
      PeerServer started = serve(player);
      Long drawn = random && seed == null ? number : null;
      return new ScriptedServer(started, player, patience, shown, drawn);
    }

    private void checkStrict() {
      if (hasTls() || script.startsTls()) {
        throw new IllegalStateException("over TLS nobody can tell what a client has left unread");
      }
      if (!script.scenes().stream().allMatch(Scene::leavesTheEnd)) {
        throw new IllegalStateException(
            "a strict script leaves the end of each connection to the client");
      }
    }

    private TestCertificate certificate() {
      return startTls == null ? TestCertificate.forHosts() : startTls;
    }
  }
}
