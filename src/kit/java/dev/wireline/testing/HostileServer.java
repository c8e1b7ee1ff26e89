package dev.wireline.testing;

import dev.wireline.testing.HostilePeer.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One bad server for as many clients as come, of the list that {@link HostilePeers} has: for a closer look at what a
 * client does, and for clients in any language.
 *
 * <p>Thread-safe. It misbehaves from the first byte, or with {@link ServerBuilder#tls()} as soon as TLS is up; the
 * peers that misbehave in TLS itself do so there, without being asked for TLS.
 */
public final class HostileServer extends LocalServer {
  private final TestCertificate shown;

  private HostileServer(PeerServer server, TestCertificate shown) {
    super(server);
    this.shown = shown;
  }

  /**
   * The names of the peers that this server plays: all of the list but {@code bytes glued behind the go-ahead}, which
   * needs a conversation before it.
   *
   * @return the names, in the order of the list
   */
  public static List<String> names() {
    return Arrays.stream(HostilePeer.values())
        .filter(peer -> peer.place() != Place.GO_AHEAD)
        .map(HostilePeer::title)
        .toList();
  }

  /**
   * Starts to describe a server.
   *
   * @param name one of {@link #names()}
   * @return a builder for TCP on the loopback interface
   * @throws IllegalArgumentException if there is no such peer
   */
  public static Builder builder(String name) {
    return Arrays.stream(HostilePeer.values())
        .filter(peer -> peer.title().equals(name) && peer.place() != Place.GO_AHEAD)
        .findFirst()
        .map(Builder::new)
        .orElseThrow(() -> new IllegalArgumentException(
            "there is no hostile peer \"" + Escaped.text(name) + "\""));
  }

  /**
   * A context for clients that trusts the certificate of this server alone.
   *
   * @return a new context
   */
  @Override
  public SSLContext clientContext() {
    return shown.clientContext();
  }

  /** A description of a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {
    private final HostilePeer peer;
    private @Nullable TestCertificate shown;

    private Builder(HostilePeer peer) {
      this.peer = peer;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Chooses the certificate, and shakes hands before anything else unless that is where the peer misbehaves.
     *
     * @param certificate the certificate of the server
     * @return this builder
     */
    @Override
    public Builder tls(TestCertificate certificate) {
      shown = certificate;
      boolean itself = peer.place() == Place.TLS || peer.place() == Place.WITHIN_TLS;
      return itself ? this : super.tls(certificate);
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws IllegalStateException as the builders of the other servers
     * @throws IOException if it cannot listen; nothing is left open
     */
    public HostileServer start() throws IOException {
      TestCertificate certificate = shown == null ? TestCertificate.forHosts() : shown;
      return new HostileServer(serve(client -> talk(client, certificate)), certificate);
    }

    private void talk(PeerConnection client, TestCertificate certificate)
        throws IOException, InterruptedException {
      try {
        if (peer.place() == Place.WITHIN_TLS) {
          HostileTls.begin(peer, client, certificate).misbehave();
        } else {
          peer.misbehave(client);
        }
      } catch (IOException | AssertionError e) {
        // The client has had enough, or too much: who looks at it sees that there.
        return;
      }
    }
  }
}
