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
 * Bad servers that a client has to withstand: one call tries all of them.
 *
 * <p>A client withstands a peer when it ends with an {@link IOException}, or an {@link
 * java.io.UncheckedIOException}, within a bound; success, any other exception and a hang are
 * failures. The peers, by the names that reports give them:
 *
 * <ul>
 *   <li>{@code silent}: listens, and says nothing.
 *   <li>{@code reads nothing}: says nothing either, so that a client which writes much is stuck once
 *       the buffers of the system are full.
 *   <li>{@code hangs up}, {@code hangs up in a line}: in an orderly way, so that it looks like the
 *       end.
 *   <li>{@code resets}, {@code resets in a line}: with a TCP reset.
 *   <li>{@code drips}: says a byte every 10 ms, and never ends its line.
 *   <li>{@code endless line}, {@code endless header lines}, {@code endless empty lines}: as fast as
 *       the client reads; one that takes 128 MiB of it has failed.
 *   <li>{@code garbage}: says 4096 bytes that mean nothing, and hangs up.
 *   <li>{@code unsolicited bytes first}: says a line before the client does, and then nothing.
 *   <li>{@code silent where TLS is expected}, {@code hangs up where TLS is expected}, {@code garbage
 *       where TLS is expected}: the client is told that the server speaks TLS from the first byte.
 *   <li>{@code certificate of a stranger}: speaks TLS, with a certificate that nobody trusts.
 *   <li>{@code bytes glued behind the go-ahead}: for {@link Builder#startTls(String)} alone; the
 *       client has to hang up without another byte.
 * </ul>
 *
 * <p>For {@link Builder#tls(TestCertificate)} alone there are peers that speak TLS 1.3:
 *
 * <ul>
 *   <li>{@code endless alerts in the TLS handshake}: warnings in place of a hello.
 *   <li>{@code silent behind its TLS hello}, {@code silent behind its certificate}: each waits where
 *       the client cannot go on without it.
 *   <li>{@code endless cipher changes}: the change_cipher_spec records that clients have to pass over.
 *   <li>{@code drips its certificate}: in records of a byte, one every 10 ms.
 *   <li>{@code garbage in the TLS handshake}, {@code garbage in TLS}: a record that nobody can open.
 *   <li>{@code silent in TLS}: shakes hands and says nothing.
 *   <li>{@code silent behind a TLS handshake in pieces}: the same, with records of a byte up to there.
 *   <li>{@code reads nothing in TLS}: neither says nor reads anything once hands are shaken.
 *   <li>{@code hangs up without close_notify}: once hands are shaken.
 *   <li>{@code endless key updates}, {@code endless session tickets}, {@code endless warning alerts},
 *       {@code endless empty TLS records}: as fast as the client reads, none of which is data.
 * </ul>
 *
 * <p>The client needs limits of its own that are shorter than the bound, such as a quarter of a
 * second for each wait. On a busy machine they may end a run before the peer comes to its part: an
 * exception whose class is named after a timeout or a deadline, also as a cause, is then fair too, unless all
 * runs with the same beginning end so. A server of a protocol whose answers end with the connection hangs up
 * rightly: leave those peers out.
 */
public final class HostilePeers {

  /** How long a run of the client may take, unless set. */
  public static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

  private HostilePeers() {}

  /**
   * Runs a client against each bad peer, from the first byte, with the default bound.
   *
   * @param client a run of the client, which would succeed with a good server
   * @throws AssertionError if it did not withstand all; the message lists the peers, and what the
   *     client threw is attached
   * @throws IOException if a server cannot listen
   */
  public static void run(TestedClient client) throws IOException {
    builder().run(client);
  }

  /**
   * Starts to describe a run.
   *
   * @return a builder for all peers, from the first byte, with the default bound
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A description of a run. Not thread-safe. */
  public static final class Builder {

    private final Set<HostilePeer> peers = EnumSet.allOf(HostilePeer.class);
    private final List<Lead> leads = new ArrayList<>(List.of(Lead.NONE));
    private Duration bound = DEFAULT_BOUND;
    private @Nullable TestCertificate shown;

    private Builder() {}

    /**
     * Chooses how long each run of the client may take.
     *
     * @param longest longer than the client itself waits, 10 seconds unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder bound(Duration longest) {
      Trials.checkBound(longest);
      this.bound = longest;
      return this;
    }

    /**
     * Runs the client also against peers that misbehave only behind a good conversation.
     *
     * @param script what is said before, in the notation of {@link ScriptedServer}, for one
     *     connection
     * @return this builder
     * @throws IllegalArgumentException if the script cannot be played so
     */
    public Builder after(String script) {
      leads.add(Lead.of(script, EnumSet.of(Place.ANYWHERE)));
      return this;
    }

    /**
     * Runs the client also against peers that misbehave where it starts TLS in mid-conversation.
     *
     * @param script what is said before, in the notation of {@link ScriptedServer}, for one
     *     connection; its last line is the server's go-ahead
     * @return this builder
     * @throws IllegalArgumentException if the script cannot be played so
     */
    public Builder startTls(String script) {
      leads.add(Lead.of(script, EnumSet.of(Place.TLS, Place.WITHIN_TLS, Place.GO_AHEAD)));
      return this;
    }

    /**
     * Runs the client also against peers that misbehave in TLS itself, from the first byte and where
     * it starts TLS in mid-conversation.
     *
     * @param trusted the certificate of these peers; the client has to trust {@link
     *     TestCertificate#clientContext()} and to offer TLS 1.3 with X25519 and
     *     TLS_AES_128_GCM_SHA256, as the JDK does
     * @return this builder
     */
    public Builder tls(TestCertificate trusted) {
      this.shown = Objects.requireNonNull(trusted, "trusted");
      return this;
    }

    /**
     * Leaves peers out.
     *
     * @param names as in the list above
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
     * Runs the client against each peer, one after the other.
     *
     * <p>A client that hangs three times is not tried any further.
     *
     * @param client a run of the client, which would succeed with a good server
     * @throws AssertionError if it did not withstand all, or did not keep to a script; the message
     *     lists the peers, and what the client threw is attached
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
