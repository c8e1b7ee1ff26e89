package dev.wireline.testing;

import dev.wireline.testing.HostilePeer.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One bad server from the list in {@link HostilePeers}, for any number of clients: for a closer look at what a
 * client does, and for clients in any language.
 *
 * <p>Thread-safe. It misbehaves from the first byte, or with {@link ServerBuilder#tls()} as soon as TLS is up;
 * the peers that misbehave within TLS speak TLS in any case.
 */
public final class HostileServer extends LocalServer {
  private final TestCertificate shown;

  private HostileServer(PeerServer server, TestCertificate shown) {
    super(server);
    this.shown = shown;
  }

  /**
   * The names of the peers that this server can play: all in the list except {@code bytes glued behind the
   * go-ahead}, which needs a conversation before it.
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
   * Configures a server.
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
   * A context for clients that trusts only the certificate of this server.
   *
   * @return a new context
   */
  @Override
  public SSLContext clientContext() {
    return shown.clientContext();
  }

  /** Builds a server. Not thread-safe. */
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
     * Speaks TLS with a certificate, before anything else unless the peer misbehaves in the handshake itself.
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
     * @return a listening server
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
        // The client has had enough, or too much: the result shows at the client.
        return;
      }
    }
  }
}
