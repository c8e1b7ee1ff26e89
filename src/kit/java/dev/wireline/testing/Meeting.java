package dev.wireline.testing;

import dev.wireline.testing.HostilePeer.Place;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One bad peer behind its good beginning, and what it saw of the client. */
final class Meeting implements Peer {

  /** A client has ended then, and what it sent is there; the thread of the peer may be late. */
  private static final Duration TO_HEAR_THE_REST = Duration.ofSeconds(5);

  private final Lead lead;
  private final HostilePeer peer;
  private final @Nullable TestCertificate shown;
  private final Guard guard = new Guard();

  private boolean misbehaved;
  private boolean over;
  private @Nullable AssertionError seen;

  /** The certificate is for the peers within TLS. */
  Meeting(Lead lead, HostilePeer peer, @Nullable TestCertificate shown) {
    this.lead = lead;
    this.peer = peer;
    this.shown = shown;
  }

  @Override
  public void talk(PeerConnection client) throws IOException, InterruptedException {
    try {
      lead.play(client, peer.place() == Place.GO_AHEAD ? HostilePeer.GLUE : "");
      misbehave(client);
    } catch (AssertionError e) {
      guard.change(() -> seen = e);
    } finally {
      guard.change(() -> over = true);
    }
  }

  private void misbehave(PeerConnection client) throws IOException, InterruptedException {
    if (peer.place() != Place.WITHIN_TLS || shown == null) {
      guard.change(() -> misbehaved = true);
      peer.misbehave(client);
      return;
    }
    HostileTls tls = HostileTls.begin(peer, client, shown);
    guard.change(() -> misbehaved = true);
    tls.misbehave();
  }

  /** Waits until the peer has come to its part, and heard what the client must not have said. */
  void awaitVerdict() {
    guard.awaitInTest(
        () -> over || (misbehaved && peer.place() != Place.GO_AHEAD), TO_HEAR_THE_REST);
  }

  /** Whether a limit of the client ended it before the peer came to its part. */
  boolean endedBefore(Trial trial) {
    return trial.ranOutOfTime() && !guard.read(() -> misbehaved);
  }

  /** Takes the run of the client as a failure unless it ended as it should. */
  void judge(Trial trial, Trials failures) {
    String name = peer.title() + lead.title();
    AssertionError fault = guard.read(() -> seen);
    if (fault != null) {
      failures.add(name, String.valueOf(fault.getMessage()), trial.thrown());
    } else if (trial.fault() == null && !guard.read(() -> misbehaved)) {
      failures.add(name, "the client ended before it came to that", trial.thrown());
    } else {
      failures.add(name, trial);
    }
  }
}
