package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A conversation that is cut at every byte: no client may take any of the cuts for its end. */
public final class CutPoints {

  /** How long a run of the client may take, unless set. */
  public static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

  private CutPoints() {}

  /**
   * Runs a client against each cut of a conversation, with the default bound.
   *
   * @param script as below
   * @param client as below
   * @throws IllegalArgumentException as below
   * @throws AssertionError as below
   * @throws IOException as below
   */
  public static void everyCutPoint(String script, TestedClient client) throws IOException {
    everyCutPoint(script, DEFAULT_BOUND, client);
  }

  /**
   * Runs a client against each cut of a conversation.
   *
   * <p>The first run is not cut, and the client has to succeed. Then the server hangs up before the
   * first byte that it says, behind the first, and so on up to the last but one: a run and a server
   * for each. A run is right when the client ends with an IOException, or with an
   * UncheckedIOException. So the script should end with the last byte that the client waits for.
   *
   * @param script what is said on one connection, in the notation of {@link ScriptedServer}, without
   *     {@code <STARTTLS>}
   * @param bound how long each run may take; longer than the client itself waits
   * @param client a run of the client
   * @throws IllegalArgumentException when the script cannot be played so, or the bound is not more
   *     than zero
   * @throws AssertionError when the client did not succeed with the whole conversation, or ended
   *     otherwise with one that was cut; the message names the cuts, and what the client threw is
   *     attached
   * @throws IOException when a server cannot listen
   */
  public static void everyCutPoint(String script, Duration bound, TestedClient client)
      throws IOException {
    Trials.checkBound(bound);
    Objects.requireNonNull(client, "client");
    Scene scene = Trials.oneScene(script);
    if (scene.startsTls()) {
      throw new IllegalArgumentException("a conversation that starts TLS cannot be cut");
    }
    long size = playWhole(scene, bound, client);
    Trials failures = new Trials();
    long hung = 0;
    for (long cut = 0; cut < size && hung < Trials.MOST_HANGS; cut++) {
      CutSending sending = new CutSending(cut);
      Trial trial = play(scene, sending, bound, client);
      hung += trial.hung() ? 1 : 0;
      failures.add("cut after " + cut + " of " + size + " bytes, " + sending.place(), trial);
    }
    failures.throwIfAny("the client took a cut conversation amiss");
  }

  private static long playWhole(Scene scene, Duration bound, TestedClient client)
      throws IOException {
    CutSending whole = new CutSending(Long.MAX_VALUE);
    Trial trial = play(scene, whole, bound, client);
    if (!trial.succeeded()) {
      throw new AssertionError(
          "the client did not succeed with the whole conversation", trial.thrown());
    }
    return whole.sent();
  }

  private static Trial play(Scene scene, Sending sending, Duration bound, TestedClient client)
      throws IOException {
    ScriptPlayer player = new ScriptPlayer(new Script(List.of(scene)), index -> sending, "", null);
    try (PeerServer server = PeerServer.start(player)) {
      return Trial.of(client, server.endpoint(), bound);
    }
  }
}
