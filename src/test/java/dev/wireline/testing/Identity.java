package dev.wireline.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A certificate for the loopback interface whose private key a test can hand to a client. */
public final class Identity {
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final X509Certificate authority;

  private Identity(PrivateKey key, X509Certificate certificate, X509Certificate authority) {
    this.key = key;
    this.certificate = certificate;
    this.authority = authority;
  }

  public static Identity create(String subject) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair signer = generator.generateKeyPair();
    KeyPair own = generator.generateKeyPair();
    Instant from = Instant.now().minus(Duration.ofDays(1));
    Instant until = from.plus(Duration.ofDays(2));
    String issuer = "Authority of " + subject;
    return new Identity(
        own.getPrivate(),
        new X509Writer(issuer, subject, own.getPublic(), from, until)
            .leaf(signer.getPrivate(), List.of("localhost"), List.of("127.0.0.1")),
        new X509Writer(issuer, issuer, signer.getPublic(), from, until)
            .authority(signer.getPrivate()));
  }

  public PrivateKey key() {
    return key;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public X509Certificate authority() {
    return authority;
  }

  /** A server that shows this certificate and takes clients that show it too. */
  public SSLContext serverContext() {
    return new TlsContext()
        .showing(key, certificate, authority)
        .trusting(authority)
        .build();
  }
}
