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
 * A server that plays a conversation, written as the RFCs write them.
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
 * <p>{@code S:} lines are sent with CRLF and in UTF-8, those in a row together. {@code C:} lines
 * are expected exactly, with CRLF and in UTF-8, but for this notation:
 *
 * <ul>
 *   <li><code>{name}</code> stands for one word: one byte or more, and no space. A later {@code S:}
 *       line repeats it with <code>{name}</code>. A name may be used anew; the last word counts.
 *   <li><code>{name*}</code> stands for any text, also none or with spaces in it, and is repeated
 *       with <code>{name}</code>.
 *   <li><code>{*}</code> stands for any text that is not repeated.
 *   <li>{@code A | B} stands for one or the other; what only the other would have captured is
 *       repeated as nothing.
 *   <li><code>&#123;&#123;&#125;</code> and <code>{|}</code> stand for a brace and a bar. Other braces, such as
 *       those of <code>{5}</code> and <code>{"a":1}</code>, mean themselves.
 * </ul>
 *
 * <p>{@code S> "\x00\xff"} sends bytes and {@code C> "+\r\n"} expects them: text in quotes, in
 * UTF-8, without a line end of its own, and with the escapes \r \n \t \\ \" and \xHH; in {@code C>} a \? stands for any one byte.
 *
 * <p>A line in angle brackets is what the server does at this place:
 *
 * <ul>
 *   <li>{@code <STARTTLS>}: shakes hands for TLS, with a certificate that {@link #clientContext()}
 *       trusts.
 *   <li>{@code <delay 50ms>}, {@code <delay 2s>}: waits.
 *   <li>{@code <half-close>}: closes its sending direction; the client may go on.
 *   <li>{@code <close>}: closes the connection, over TLS with a close_notify.
 *   <li>{@code <cut>}: closes the connection without a close_notify.
 *   <li>{@code <reset>}: closes the connection with a TCP reset.
 *   <li>{@code <stall>}: says and reads nothing more, until the server is closed.
 *   <li>{@code <next connection>}: what follows is for another connection.
 * </ul>
 *
 * <p>Lines that are indented belong to the line in brackets above them:
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
 *   <li>{@code <at any time>}: from here to the end of the connection the client may say each of
 *       these {@code C:} lines as often as it likes, or never, wherever the server waits for it and
 *       behind the end of the script too. The {@code S:} lines below one answer it. What the script
 *       expects at a place comes first. A name that such a line captures is known to its answer
 *       alone.
 *   <li>{@code <every 10ms>}, {@code <every 2s>}: the server says these {@code S:} lines again and
 *       again while it waits for the {@code C:} line or in the delay that follows, or behind the end
 *       of the script; the first time when that time has passed. {@link #conversation()} shows them
 *       once a wait.
 * </ul>
 *
 * <p>Each connection is played once: the first client gets the lines before the first {@code <next
 * connection>}, the second those behind it, whether they come at once or one after the other. Of
 * clients that come at once, each gets its lines in the order in which they connected. With TLS from
 * the first byte, a client whose handshake fails uses up no lines, and the next one gets them. A
 * client for whom there are none is hung up on at once, and {@link #verify()} tells of it. At the
 * first difference the server hangs up. Behind the end of its lines it leaves the connection open until
 * the client hangs up or the server is closed; when the client says more, that is a difference too.
 */
public final class ScriptedServer extends LocalServer {

  /** How long {@link #verify()} waits, unless set. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  private final ScriptPlayer player;
  private final Duration patience;
  private final @Nullable TestCertificate certificate;

  /** What nobody knows who wants the same pieces again; null once it was told. */
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
   * Starts a server for a script on a free port of the loopback interface, without TLS.
   *
   * @param script a script in the notation of this class
   * @return a server that listens
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
   * @throws IOException if it cannot listen
   */
  public static ScriptedServer play(String script) throws IOException {
    return builder(script).start();
  }

  /**
   * Starts a server for a script in a file on a free port of the loopback interface, without TLS.
   *
   * @param script a file in UTF-8, in the notation of this class
   * @return a server that listens
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
   * @throws IOException if the file cannot be read, or the server cannot listen
   */
  public static ScriptedServer playFile(Path script) throws IOException {
    return fileBuilder(script).start();
  }

  /**
   * Starts a server for a script among the resources of a test, on a free port of the loopback
   * interface, without TLS.
   *
   * @param near a class beside which it lies; in a named module its package has to be open
   * @param name as {@link Class#getResourceAsStream(String)} takes it, such as {@code login.script}
   * @return a server that listens
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
   * @throws FileNotFoundException if there is no such resource
   * @throws IOException if the resource is not in UTF-8, or the server cannot listen
   */
  public static ScriptedServer playResource(Class<?> near, String name) throws IOException {
    return resourceBuilder(near, name).start();
  }

  /**
   * Starts to describe a server for a script.
   *
   * @param script a script in the notation of this class
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
   */
  public static Builder builder(String script) {
    return new Builder(Script.parse(script));
  }

  /**
   * Starts to describe a server for a script in a file.
   *
   * @param script a file in UTF-8, in the notation of this class
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
   * @throws IOException if the file cannot be read
   */
  public static Builder fileBuilder(Path script) throws IOException {
    return builder(Files.readString(Objects.requireNonNull(script, "script")));
  }

  /**
   * A context for clients that trusts the certificate of this server alone.
   *
   * @return a new context
   * @throws IllegalStateException if the server has no TLS, and its script starts none
   */
  @Override
  public SSLContext clientContext() {
    return certificate == null ? super.clientContext() : certificate.clientContext();
  }

  /**
   * Starts to describe a server for a script among the resources of a test.
   *
   * @param near a class beside which it lies; in a named module its package has to be open
   * @param name as {@link Class#getResourceAsStream(String)} takes it, such as {@code login.script}
   * @return a builder for TCP on the loopback interface, without TLS, delivered whole
   * @throws IllegalArgumentException if the script cannot be read or never be played; the message
   *     says which line is why
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
   * What was really said so far.
   *
   * <p>Characters that do not print are escaped. A line of the client stands here once it was
   * received in full.
   *
   * @return lines as in a script, with a line feed between them, and in the order of the script where there are
   *     several connections; empty if nothing was said
   */
  public String conversation() {
    return player.conversation();
  }

  /**
   * Waits until the script was played to its end.
   *
   * <p>It waits no longer than the patience of this server, and not at all once a difference was
   * found. Bytes of the client behind the end make it fail when they had arrived before the call;
   * it does not wait for any. That the client has read what the server said, it finds out with {@link
   * Builder#strict()} alone.
   *
   * @throws AssertionError if the script was not played to its end, or the client said more; the
   *     message shows what was expected and what came, and, side by side, the script with a mark
   *     where it stopped and what was said; that of the first connection which is not as it should
   *     be
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
   * Stops listening, cuts the connection and ends all threads; closing again does nothing.
   *
   * <p>A test that fails before it comes to {@link #verify()} is told of the difference here, which
   * try-with-resources then adds to its failure. A client that left early is no difference. A seed of
   * {@link Delivery#SPLIT_AT_RANDOM} that was not set is printed to the standard error stream then.
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

  /** The test may have failed for what the kit does not see. */
  private void tellSeed() {
    Long drawn = seed.getAndSet(null);
    if (drawn != null && !player.wasVerified()) {
      System.err.println(endpoint() + " split at random from the seed " + drawn);
    }
  }

  /** A description of a server. Not thread-safe. */
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
     * Chooses what is shown at {@code <STARTTLS>}.
     *
     * @param shown the certificate of the server; one is made for it unless set
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
     * Delivers the lines of the server split at random, as once before.
     *
     * @param number what was printed or reported then
     * @return this builder
     */
    public Builder seed(long number) {
      this.seed = number;
      return delivery(Delivery.SPLIT_AT_RANDOM);
    }

    /**
     * Plays the script several times over, for as many more clients.
     *
     * @param count how often, once unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not 1 or more
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
     * @param atMost the longest wait, 5 seconds unless set
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
     * Fails a client that hangs up before it has read all that the server said.
     *
     * <p>{@link ScriptedServer#verify()} then also waits until the client has hung up: close it
     * before. What it has read means what it has taken from the operating system, in which more may
     * have arrived than its user asked for. Where a client hangs up with bytes unread, Linux resets
     * the connection, and so does a client on purpose: that fails too. Over TLS, and where the
     * script ends the connection itself, nobody can tell what was left unread: {@link #start()}
     * refuses both.
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
     * @return a server that listens
     * @throws IllegalStateException if a client certificate is needed but there is no TLS from the
     *     first byte, TLS is asked for on a Unix-domain socket, or twice: from the first byte and by
     *     the script, or it is strict and has TLS or a script that ends a connection
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
