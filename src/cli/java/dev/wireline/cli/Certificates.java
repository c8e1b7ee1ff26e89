package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.KnownKeys;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Shows what a server says of itself in TLS. */
final class Certificates {
  private final Streams streams;

  Certificates(Streams streams) {
    this.streams = streams;
  }

  /** Trust in whoever is there, for a look; nothing of ours is sent on such a connection. */
  static Tls anyKey() {
    return Tls.builder()
        .trustOnFirstUse(new KnownKeys() {
          @Override
          public Optional<String> pin(Endpoint peer) {
            return Optional.empty();
          }

          @Override
          public void remember(Endpoint peer, String pin) {}
        })
        .build();
  }

  /** Shows the session and the chain; gives the days that the first to expire has left. */
  int show(SSLSession session, String time) throws IOException {
    streams.line(session.getProtocol() + ", " + session.getCipherSuite() + ", in " + time);
    int least = Integer.MAX_VALUE;
    boolean own = true;
    for (Certificate shown : chain(session)) {
      if (shown instanceof X509Certificate certificate) {
        int left =
            (int) Duration.between(Instant.now(), certificate.getNotAfter().toInstant())
                .toDays();
        least = Math.min(least, left);
        show(certificate, left);
        if (own) {
          streams.line("    pin " + Tls.pin(certificate));
        }
      }
      own = false;
    }
    return least;
  }

  private void show(X509Certificate certificate, int left) throws IOException {
    String until = certificate.getNotAfter().toInstant().toString().substring(0, 10);
    streams.line("  " + Printable.of(certificate.getSubjectX500Principal().getName())
        + ", from " + Printable.of(certificate.getIssuerX500Principal().getName())
        + (left < 0 ? ", expired on " + until : ", " + left + " days left, until " + until));
  }

  private static Certificate[] chain(SSLSession session) {
    try {
      return session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      return new Certificate[0];
    }
  }
}
