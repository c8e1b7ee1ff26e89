package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Cuts a conversation at every byte: no client may take any of the cuts for its end.
 *
 * <p>The first run is not cut, and the client must succeed. Then the server hangs up before its first byte,
 * after the first, and so on up to the last but one, with a run and a server for each. A run passes if the
 * client ends with an IOException or an UncheckedIOException. So the script should end with the last byte that
 * the client waits for.
 *
 * <p>Over TLS each cut is below TLS, without a close_notify. So the script may also be an answer that ends with
 * its connection, where only TLS lets a client tell a cut from the end.
 */
public final class CutPoints {

  /** The default time limit for a run of the client. */
  public static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

  private CutPoints() {}

  /**
   * Runs a client against each cut of a conversation, without TLS and with the default time limit.
   *
   * @param script what is said on one connection, in the notation of {@link ScriptedServer}, without
   *     {@code <STARTTLS>}
   * @param client runs the client
   * @throws IllegalArgumentException if the script cannot be played like this, or the server says nothing in it
   * @throws AssertionError if the client did not connect, did not succeed with the whole conversation, or ended
   *     in any other way with a cut one; the message names the cuts, with what the client threw attached
   * @throws IOException if a server cannot listen
   */
  public static void everyCutPoint(String script, TestedClient client) throws IOException {
    builder(script).run(client);
  }

  /**
   * Runs a client against each cut of a conversation, without TLS.
   *
   * @param script what is said on one connection, in the notation of {@link ScriptedServer}, without
   *     {@code <STARTTLS>}
   * @param bound the time limit for each run; longer than the client's own timeouts
   * @param client runs the client
   * @throws IllegalArgumentException if the script cannot be played like this, the server says nothing in it,
   *     or the limit is not more than zero
   * @throws AssertionError if the client did not connect, did not succeed with the whole conversation, or ended
   *     in any other way with a cut one; the message names the cuts, with what the client threw attached
   * @throws IOException if a server cannot listen
   */
  public static void everyCutPoint(String script, Duration bound, TestedClient client)
      throws IOException {
    builder(script).bound(bound).run(client);
  }

  /**
   * Configures the runs.
   *
   * @param script what is said on one connection, in the notation of {@link ScriptedServer}, without
   *     {@code <STARTTLS>}
   * @return a builder for runs without TLS and with the default time limit
   * @throws IllegalArgumentException if the script cannot be played like this
   */
  public static Builder builder(String script) {
    Scene scene = Trials.oneScene(script);
    if (scene.startsTls()) {
      throw new IllegalArgumentException("a conversation that starts TLS cannot be cut");
    }
    return new Builder(scene);
  }

  /** Builds the runs. Not thread-safe. */
  public static final class Builder {

    private final Scene scene;
    private final PeerServer.Builder server = PeerServer.builder();
    private Duration bound = DEFAULT_BOUND;

    private Builder(Scene scene) {
      this.scene = scene;
    }

    /**
     * The time limit for each run of the client.
     *
     * @param longest longer than the client's own timeouts; 10 seconds unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder bound(Duration longest) {
      Trials.checkBound(longest);
      this.bound = longest;
      return this;
    }

    /**
     * Speaks TLS from the first byte, and cuts the connection below it.
     *
     * @param shown the certificate of the servers; the client must trust it, as {@link
     *     TestCertificate#clientContext()} does
     * @return this builder
     */
    public Builder tls(TestCertificate shown) {
      server.tls(shown);
      return this;
    }

    /**
     * Runs the client against the whole conversation, and then against each cut of it.
     *
     * <p>After three hangs the client is not tried any further.
     *
     * @param client runs the client
     * @throws IllegalArgumentException if the server says nothing in the script, or repeats something with
     *     {@code <every 10ms>}
     * @throws AssertionError if the client did not connect, did not succeed with the whole conversation, or
     *     ended in any other way with a cut one; the message names the cuts, with what the client threw
     *     attached
     * @throws IOException if a server cannot listen
     */
    public void run(TestedClient client) throws IOException {
      Objects.requireNonNull(client, "client");
      if (!scene.saysSomething()) {
        throw new IllegalArgumentException("the server says nothing that could be cut");
      }
      if (scene.repeats()) {
        throw new IllegalArgumentException(
            "how much <every> says depends on the time, and so do the places to cut");
      }
      long size = playWhole(client);
      Trials failures = new Trials();
      for (long cut = 0; cut < size && failures.hung() < Trials.MOST_HANGS; cut++) {
        CutSending sending = new CutSending(cut);
        Trial trial = play(sending, client);
        failures.add("cut after " + cut + " of " + size + " bytes, " + sending.place(), trial);
      }
      failures.throwIfAny("the client took a cut conversation amiss");
    }

    private long playWhole(TestedClient client) throws IOException {
      CutSending whole = new CutSending(Long.MAX_VALUE);
      try (PeerServer started = start(whole)) {
        Trial trial = Trial.of(client, started.endpoint(), bound, started::close);
        if (!trial.succeeded()) {
          throw new AssertionError(
              "the client did not succeed with the whole conversation", trial.thrown());
        }
        if (whole.sent() == 0) {
          throw new AssertionError("the client reported success, but "
              + (started.hasCome() ? "ended before the server said a word" : "did not connect"));
        }
      }
      return whole.sent();
    }

    private Trial play(Sending sending, TestedClient client) throws IOException {
      try (PeerServer started = start(sending)) {
        return Trial.of(client, started.endpoint(), bound, started::close);
      }
    }

    private PeerServer start(Sending sending) throws IOException {
      Script script = new Script(List.of(scene));
      return server.start(new ScriptPlayer(script, index -> sending, "", null, false));
    }
  }
}
