package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * A test certificate with its key, and the authority that issued it, created on the spot.
 *
 * <p>Immutable. Keys exist only in memory and no two certificates share one. Each has its own authority, so
 * that trusting one does not mean trusting another. It is issued by an authority rather than self-signed,
 * because the JDK does not check the dates of a certificate that is itself trusted.
 */
public final class TestCertificate {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LIFE = Duration.ofDays(30);

  private final KeyPair keys;
  private final X509Certificate authority;
  private final X509Certificate certificate;

  private TestCertificate(
      String subject, List<String> names, List<String> addresses, Instant from, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair signer = generator.generateKeyPair();
      keys = generator.generateKeyPair();
      String issuer = "Test authority " + Long.toHexString(new SecureRandom().nextLong());
      authority = new X509Writer(
              issuer, issuer, signer.getPublic(), from, Instant.now().plus(LIFE))
          .authority(signer.getPrivate());
      certificate = new X509Writer(issuer, subject, keys.getPublic(), from, until)
          .leaf(signer.getPrivate(), names, addresses);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot make a certificate", e);
    }
  }

  private static TestCertificate of(Set<String> hosts, Instant from, Instant until) {
    List<String> names = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (String host : hosts) {
      add(host, names, addresses);
    }
    return new TestCertificate(hosts.iterator().next(), names, addresses, from, until);
  }

  private static void add(String host, List<String> names, List<String> addresses) {
    if (host.startsWith("*.")) {
      names.add("*." + Endpoint.tcp(host.substring(2), 1).host());
      return;
    }
    Endpoint endpoint = Endpoint.tcp(host, 1);
    (endpoint.isAddress() ? addresses : names).add(endpoint.host());
  }

  /**
   * Creates a certificate for the loopback interface and more hosts.
   *
   * <p>It is valid from yesterday for 30 days, for {@code localhost}, {@code 127.0.0.1}, {@code
   * ::1} and the hosts.
   *
   * @param hosts names, optionally after {@code *.}, or addresses; none is looked up
   * @return the certificate
   * @throws IllegalArgumentException if a host is neither a name nor an address
   */
  public static TestCertificate forHosts(String... hosts) {
    Set<String> all = new LinkedHashSet<>(LOOPBACK);
    all.addAll(List.of(hosts));
    return valid(all);
  }

  /**
   * Creates a certificate that is not for the loopback interface, for testing host name checks.
   *
   * @param host the only host: a name, optionally after {@code *.}, or an address
   * @return the certificate, valid from yesterday for 30 days
   * @throws IllegalArgumentException if the host is neither a name nor an address
   */
  public static TestCertificate onlyForHost(String host) {
    return valid(Set.of(host));
  }

  /**
   * Creates a certificate with exactly the given names, for testing clients that must refuse it.
   *
   * <p>RFC 9525 accepts a host name only from the subjectAltName, and a wildcard only as its whole leftmost
   * label. Neither {@code named("a.test")} nor {@code named("a", "w*.a.test")} is valid for any host.
   *
   * @param commonName the common name of its subject
   * @param dnsNames the dNSNames of its subjectAltName, in ASCII; without any the certificate has no
   *     subjectAltName
   * @return the certificate, valid from yesterday for 30 days
   */
  public static TestCertificate named(String commonName, String... dnsNames) {
    Instant yesterday = Instant.now().minus(DAY);
    return new TestCertificate(
        Objects.requireNonNull(commonName, "commonName"),
        List.of(dnsNames),
        List.of(),
        yesterday,
        yesterday.plus(LIFE));
  }

  private static TestCertificate valid(Set<String> hosts) {
    Instant yesterday = Instant.now().minus(DAY);
    return of(hosts, yesterday, yesterday.plus(LIFE));
  }

  /**
   * Creates a certificate for the loopback interface that expired yesterday.
   *
   * @return the certificate; its authority is still valid
   */
  public static TestCertificate expired() {
    Instant yesterday = Instant.now().minus(DAY);
    return of(new LinkedHashSet<>(LOOPBACK), yesterday.minus(LIFE), yesterday);
  }

  /**
   * The certificate itself.
   *
   * @return the certificate, with the hosts in its subjectAltName
   */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * The certificate of the authority that issued this one, for clients to trust.
   *
   * @return a CA certificate that can be a trust anchor
   */
  public X509Certificate authority() {
    return authority;
  }

  /** Signs with the key of the certificate, by ECDSA and SHA-256. */
  byte[] signature(byte[] signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot sign", e);
    }
  }

  /**
   * A new context for a server that presents this certificate and asks clients for none.
   *
   * @return an initialized context
   */
  public SSLContext serverContext() {
    return new TlsContext().showing(keys.getPrivate(), certificate, authority).build();
  }

  /**
   * A new context for a client that trusts only this certificate and presents none.
   *
   * @return an initialized context
   */
  public SSLContext clientContext() {
    return new TlsContext().trusting(authority).build();
  }

  /**
   * A new context, for a client or a server, that presents this certificate and trusts another.
   *
   * @param other the certificate whose authority to trust
   * @return an initialized context
   */
  public SSLContext contextFor(TestCertificate other) {
    return new TlsContext()
        .showing(keys.getPrivate(), certificate, authority)
        .trusting(other.authority)
        .build();
  }
}
