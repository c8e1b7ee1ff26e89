package dev.wireline.testing;

import dev.wireline.testing.HostilePeer.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bad servers that a client must withstand; one call tries all of them.
 *
 * <p>A client withstands a peer if it ends with an {@link IOException}, or an {@link
 * java.io.UncheckedIOException}, within a time limit; success, any other exception and a hang are failures. The
 * peers, by their names in reports:
 *
 * <ul>
 *   <li>{@code silent}: listens, but sends nothing.
 *   <li>{@code reads nothing}: sends nothing either, so that a client that writes much gets stuck once the
 *       system's buffers are full.
 *   <li>{@code hangs up}, {@code hangs up in a line}: closes in an orderly way, so that it looks like the end.
 *   <li>{@code resets}, {@code resets in a line}: with a TCP reset.
 *   <li>{@code drips}: sends a byte every 10 ms, and never ends its line.
 *   <li>{@code endless line}, {@code endless header lines}, {@code endless empty lines}: sends as fast as the
 *       client reads; a client that takes 128 MiB of it has failed.
 *   <li>{@code garbage}: sends 4096 meaningless bytes, and hangs up.
 *   <li>{@code unsolicited bytes first}: sends a line before the client does, and then nothing.
 *   <li>{@code silent where TLS is expected}, {@code hangs up where TLS is expected}, {@code garbage
 *       where TLS is expected}: the client is told that the server speaks TLS from the first byte.
 *   <li>{@code certificate of a stranger}: speaks TLS, with an untrusted certificate.
 *   <li>{@code bytes glued after the go-ahead}: only for {@link Builder#startTls(String)}; the client must
 *       hang up without sending another byte.
 * </ul>
 *
 * <p>Only for {@link Builder#tls(TestCertificate)} there are peers that speak TLS 1.3:
 *
 * <ul>
 *   <li>{@code endless alerts in the TLS handshake}: warnings in place of a hello.
 *   <li>{@code silent after its TLS hello}, {@code silent after its certificate}: each waits where
 *       the client cannot go on without it.
 *   <li>{@code endless cipher changes}: the change_cipher_spec records that clients must ignore.
 *   <li>{@code drips its certificate}: in one-byte records, one every 10 ms.
 *   <li>{@code garbage in the TLS handshake}, {@code garbage in TLS}: a record that nobody can open.
 *   <li>{@code silent in TLS}: completes the handshake and sends nothing.
 *   <li>{@code silent after a TLS handshake in pieces}: the same, with one-byte records up to there.
 *   <li>{@code reads nothing in TLS}: neither sends nor reads anything after the handshake.
 *   <li>{@code hangs up without close_notify}: after the handshake.
 *   <li>{@code endless key updates}, {@code endless session tickets}, {@code endless warning alerts},
 *       {@code endless empty TLS records}: as fast as the client reads, none of which is data.
 * </ul>
 *
 * <p>The client needs timeouts shorter than the limit, such as a quarter of a second for each wait. On a busy
 * machine they may end a run before the peer gets to its part: an exception (or cause) whose class is named
 * after a timeout or a deadline is then accepted too, unless all runs with the same beginning end that way. In
 * a protocol whose answers end with the connection, hanging up is correct: leave those peers out.
 */
public final class HostilePeers {

  /** The default time limit for a run of the client. */
  public static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

  private HostilePeers() {}

  /**
   * Runs a client against each bad peer, from the first byte, with the default time limit.
   *
   * @param client runs the client, which would succeed with a good server
   * @throws AssertionError if it did not withstand all; the message lists the peers, with what the client threw
   *     attached
   * @throws IOException if a server cannot listen
   */
  public static void run(TestedClient client) throws IOException {
    builder().run(client);
  }

  /**
   * Configures a run.
   *
   * @return a builder for all peers, from the first byte, with the default time limit
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a run. Not thread-safe. */
  public static final class Builder {

    private final Set<HostilePeer> peers = EnumSet.allOf(HostilePeer.class);
    private final List<Lead> leads = new ArrayList<>(List.of(Lead.NONE));
    private Duration bound = DEFAULT_BOUND;
    private @Nullable TestCertificate shown;

    private Builder() {}

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
     * Also runs the client against peers that misbehave only after a good conversation.
     *
     * @param script the conversation before, in the notation of {@link ScriptedServer}, for one connection
     * @return this builder
     * @throws IllegalArgumentException if the script cannot be played like this
     */
    public Builder after(String script) {
      leads.add(Lead.of(script, EnumSet.of(Place.ANYWHERE)));
      return this;
    }

    /**
     * Also runs the client against peers that misbehave when it starts TLS in mid-conversation.
     *
     * @param script the conversation before, in the notation of {@link ScriptedServer}, for one connection; its
     *     last line is the server's go-ahead
     * @return this builder
     * @throws IllegalArgumentException if the script cannot be played like this
     */
    public Builder startTls(String script) {
      leads.add(Lead.of(script, EnumSet.of(Place.TLS, Place.WITHIN_TLS, Place.GO_AHEAD)));
      return this;
    }

    /**
     * Also runs the client against peers that misbehave within TLS, from the first byte and when it starts TLS
     * in mid-conversation.
     *
     * @param trusted the certificate of these peers; the client must trust it, as {@link
     *     TestCertificate#clientContext()} does, and offer TLS 1.3 with X25519 and TLS_AES_128_GCM_SHA256, as
     *     the JDK does
     * @return this builder
     */
    public Builder tls(TestCertificate trusted) {
      this.shown = Objects.requireNonNull(trusted, "trusted");
      return this;
    }

    /**
     * Leaves peers out.
     *
     * @param names their names, as in the list above
     * @return this builder
     * @throws IllegalArgumentException if there is no such peer
     */
    public Builder without(String... names) {
      for (String name : names) {
        if (Arrays.stream(HostilePeer.values()).noneMatch(peer -> peer.title().equals(name))) {
          throw new IllegalArgumentException(
              "there is no hostile peer \"" + Escaped.text(name) + "\"");
        }
        peers.removeIf(peer -> peer.title().equals(name));
      }
      return this;
    }

    /**
     * Runs the client against each peer, one after another.
     *
     * <p>After three hangs the client is not tried any further.
     *
     * @param client runs the client, which would succeed with a good server
     * @throws AssertionError if it did not withstand all, or did not follow a script; the message lists the
     *     peers, with what the client threw attached
     * @throws IOException if a server cannot listen
     */
    public void run(TestedClient client) throws IOException {
      Objects.requireNonNull(client, "client");
      Trials failures = new Trials();
      for (Lead lead : leads) {
        meetAll(client, lead, played(lead, false), failures);
        meetAll(client, lead, played(lead, true), failures);
      }
      failures.throwIfAny("the client does not withstand these peers");
    }

    private List<HostilePeer> played(Lead lead, boolean withinTls) {
      return peers.stream()
          .filter(peer -> lead.places().contains(peer.place()))
          .filter(peer -> (peer.place() == Place.WITHIN_TLS) == withinTls)
          .filter(peer -> shown != null || !withinTls)
          .toList();
    }

    /** Runs the client against peers that all begin in the same way. */
    private void meetAll(TestedClient client, Lead lead, List<HostilePeer> some, Trials failures)
        throws IOException {
      Trials early = new Trials();
      boolean arrived = false;
      for (HostilePeer peer : some) {
        if (failures.hung() < Trials.MOST_HANGS) {
          Meeting meeting = new Meeting(lead, peer, shown);
          Trial trial = meet(client, lead, peer, meeting);
          boolean ranOut = meeting.endedBefore(trial);
          meeting.judge(trial, ranOut ? early : failures);
          arrived |= !ranOut;
        }
      }
      if (!arrived) {
        failures.addAll(early);
      }
    }

    private Trial meet(TestedClient client, Lead lead, HostilePeer peer, Meeting meeting)
        throws IOException {
      try (PeerServer server = PeerServer.start(meeting)) {
        boolean tls =
            lead.isEmpty() && (peer.place() == Place.TLS || peer.place() == Place.WITHIN_TLS);
        Trial trial = Trial.of(client, server.endpoint().withTls(tls), bound, server::close);
        if (server.hasCome()) {
          meeting.awaitVerdict();
        }
        return trial;
      }
    }
  }
}
