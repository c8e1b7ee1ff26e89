package dev.wireline.net;

import dev.wireline.error.WirelineException;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What carries the bytes: the same tests run over each. */
enum Carrier {
  TCP,
  UNIX,
  TLS_1_2,
  TLS_1_3;

  static final TestCertificate CERTIFICATE = TestCertificate.forHosts();

  /** A server of this kind. */
  PeerServer serve(Peer peer) throws IOException {
    PeerServer.Builder builder = PeerServer.builder();
    return switch (this) {
      case TCP -> builder.start(peer);
      case UNIX -> builder.unix().start(peer);
      case TLS_1_2, TLS_1_3 -> builder.tls(CERTIFICATE).start(peer);
    };
  }

  /** A dialer that such a server can be reached with. */
  Dialer.Builder dialer() {
    return Dialer.builder().tls(Tls.builder().context(context()).build());
  }

  Wire dial(PeerServer server) throws WirelineException {
    return dialer().build().dial(server.endpoint());
  }

  private SSLContext context() {
    return switch (this) {
      case TLS_1_2 -> trusting("TLSv1.2");
      case TCP, UNIX, TLS_1_3 -> trusting("TLS");
    };
  }

  boolean isTls() {
    return this == TLS_1_2 || this == TLS_1_3;
  }

  private static SSLContext trusting(String protocol) {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("anchor", CERTIFICATE.authority());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      SSLContext context = SSLContext.getInstance(protocol);
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform cannot set up TLS", e);
    }
  }
}
