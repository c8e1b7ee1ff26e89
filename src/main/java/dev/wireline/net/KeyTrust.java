package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in a peer by its key alone: authorities, names and dates do not matter. Thread-safe.
 *
 * <p>It checks the key before the handshake goes on, so that no client certificate is shown to a stranger.
 */
final class KeyTrust extends X509ExtendedTrustManager {
  /** Which key a peer must have. */
  private interface Keys {
    /** The accepted pins; empty for any. */
    Set<String> of(SSLEngine engine);
  }

  private final Keys keys;

  private KeyTrust(Keys keys) {
    this.keys = keys;
  }

  /** Trusts peers with one of these keys. */
  static KeyTrust in(Set<String> pins) {
    Set<String> copy = Set.copyOf(pins);
    return new KeyTrust(engine -> copy);
  }

  /** Trusts peers with the key that they had before, and those not met before. */
  static KeyTrust onFirstUse(KnownKeys known) {
    return new KeyTrust(engine -> {
      Endpoint peer = Endpoint.tls(engine.getPeerHost(), engine.getPeerPort());
      Optional<String> pin = Objects.requireNonNull(known.pin(peer), "KnownKeys.pin");
      return pin.map(Set::of).orElse(Set.of());
    });
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Set<String> wanted = keys.of(engine);
    String shown = Tls.pin(chain[0]);
    if (!wanted.isEmpty() && !wanted.contains(shown)) {
      throw new CertificateException(
          "its key " + shown + " is not the one that is trusted: " + String.join(", ", wanted));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("keys are looked at in an engine alone");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is for the client's side");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
