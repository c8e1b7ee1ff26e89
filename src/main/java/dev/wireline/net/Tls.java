package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings: whom to trust, our own certificate, and which name and keys the peer must have. Immutable.
 *
 * <p>The JDK checks trust and host names, including IP addresses (RFC 9110 section 4.3.4). There is no insecure
 * mode: no setting turns a check off without putting another in its place. For a self-signed peer, use {@link
 * Builder#trust(Path)} with its certificate; {@link Builder#trustKey} and {@link Builder#trustOnFirstUse} hold
 * the peer to its key. Only your own {@link SSLContext}, with an X509ExtendedTrustManager that checks less, can
 * decide otherwise. Only TLS 1.2 and 1.3 are offered.
 *
 * <p><b>Strict:</b> the JDK accepts more names than RFC 9525 sections 2 and 6.3 do. For a host that is not an
 * address, a certificate is refused if it has no dNSName in its subjectAltName, or if the only name that covers
 * the host has a wildcard that is part of a label, not the leftmost label, or directly below a top-level
 * domain. This also holds with your own SSLContext.
 */
public final class Tls {
  private final Builder settings;
  private final @Nullable SSLContext context;
  private final @Nullable String serverName;
  private final List<SNIServerName> askedName;
  private final Set<String> pins;
  private final List<String> protocols;

  private Tls(Builder builder) {
    this.settings = builder.copy();
    this.context = builder.resolvedContext();
    this.serverName = builder.serverName;
    this.askedName = builder.askedName;
    this.pins = Set.copyOf(builder.pins);
    this.protocols = List.copyOf(builder.protocols);
    if (builder.minVersion.compareTo(builder.maxVersion) > 0) {
      throw new IllegalArgumentException("the lowest version of TLS, " + builder.minVersion
          + ", is above the highest, " + builder.maxVersion);
    }
  }

  /**
   * The JDK's own trust, no client certificate, the endpoint's host as the server's name.
   *
   * @return these settings
   */
  public static Tls standard() {
    return builder().build();
  }

  /** {@return a builder that starts at {@link #standard()}} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts settings that differ from these. They do not resume TLS sessions of these.
   *
   * @return a builder that starts at these settings
   */
  public Builder toBuilder() {
    return settings.copy();
  }

  /**
   * The name to ask for and check instead of the endpoint's host.
   *
   * @return a host name or an address; empty for the endpoint's host
   */
  public Optional<String> serverName() {
    return Optional.ofNullable(serverName);
  }

  /**
   * The pinned keys; the peer's own must be one of them.
   *
   * @return the pins, as {@link #pin} makes them; empty if any key is accepted
   */
  public Set<String> pins() {
    return pins;
  }

  /**
   * The protocols offered by ALPN.
   *
   * @return the names in the order of preference
   */
  public List<String> applicationProtocols() {
    return protocols;
  }

  /**
   * These settings without a client certificate, for a peer that should not learn who we are. Your own {@link
   * SSLContext} still decides for itself what to present.
   *
   * @return these settings, or new ones if these had a certificate
   */
  public Tls withoutClientCertificate() {
    if (settings.key == null) {
      return this;
    }
    Builder anonymous = toBuilder();
    anonymous.key = null;
    anonymous.chain = List.of();
    return anonymous.build();
  }

  /**
   * The settings, without keys and certificates.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "trust " + settings.trustText() + ", client certificate "
        + settings.certificateText() + ", serverName "
        + (serverName == null ? "of the endpoint" : serverName)
        + ", pins " + pins.size() + ", applicationProtocols "
        + Quoted.printable(protocols.toString());
  }

  /**
   * These settings adapted to a proxy on the way: the same trust and client certificate, but the proxy's own
   * name, no pins and no application protocols.
   *
   * @return new settings
   */
  public Tls forProxy() {
    return new Builder().context(context).build();
  }

  /** An engine that will check that the peer is the endpoint's host, or the server name if set. */
  SSLEngine engine(Endpoint endpoint) throws GeneralSecurityException, SSLException {
    if (serverName == null && endpoint.isUnix() && settings.keyTrust == null) {
      throw new IllegalStateException(
          "TLS over a Unix-domain socket needs a serverName to check: Tls.builder().serverName(...)");
    }
    String host = host(endpoint);
    SSLContext used = context == null ? SSLContext.getDefault() : context;
    SSLEngine engine = used.createSSLEngine(host, endpoint.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(offered(parameters));
    if (!protocols.isEmpty()) {
      parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    }
    if (!askedName.isEmpty()) {
      parameters.setServerNames(askedName);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private String host(Endpoint endpoint) {
    return serverName == null ? endpoint.host() : serverName;
  }

  /** The versions that are set, the newest first, less what the context has turned off. */
  private String[] offered(SSLParameters parameters) throws SSLException {
    List<String> enabled = Arrays.asList(parameters.getProtocols());
    List<String> offered = new ArrayList<>();
    for (TlsVersion version : TlsVersion.values()) {
      boolean wanted = version.compareTo(settings.minVersion) >= 0
          && version.compareTo(settings.maxVersion) <= 0;
      if (wanted && enabled.contains(version.jdkName())) {
        offered.add(0, version.jdkName());
      }
    }
    if (offered.isEmpty()) {
      throw new SSLException(
          "this platform has turned off every version of TLS that may be spoken");
    }
    return offered.toArray(new String[0]);
  }

  /** Checks the peer's own certificate, which the handshake has validated: its names and its key. */
  void check(SSLSession session, Endpoint endpoint)
      throws SSLPeerUnverifiedException, CertificateException {
    Certificate leaf = session.getPeerCertificates()[0];
    // For an address the JDK takes an iPAddress alone, as RFC 9525 section 6.4 does.
    boolean named = serverName == null ? !endpoint.isAddress() : !askedName.isEmpty();
    if (named && settings.keyTrust == null) {
      CertifiedNames.of(leaf).check(host(endpoint));
    }
    if (!pins.isEmpty() && !pins.contains(pin(leaf))) {
      throw new SSLPeerUnverifiedException(
          "the peer's key " + pin(leaf) + " is not among the pinned keys");
    }
    remember(session, leaf);
  }

  /** Only now has the peer proved that the key is its own. */
  private void remember(SSLSession session, Certificate leaf) {
    KnownKeys known = settings.firstUse;
    if (known != null) {
      Endpoint peer = Endpoint.tls(session.getPeerHost(), session.getPeerPort());
      if (known.pin(peer).isEmpty()) {
        known.remember(peer, pin(leaf));
      }
    }
  }

  /**
   * The pin of a certificate's key: the SHA-256 of its SubjectPublicKeyInfo in Base64, as RFC 7469
   * section 2.4 makes it.
   *
   * @param certificate a certificate
   * @return the pin, 44 characters
   */
  public static String pin(Certificate certificate) {
    Objects.requireNonNull(certificate, "certificate");
    try {
      byte[] key = certificate.getPublicKey().getEncoded();
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Builds {@link Tls} settings. Not thread-safe. */
  public static final class Builder {
    private @Nullable SSLContext context;
    private final List<X509Certificate> trusted = new ArrayList<>();
    private @Nullable PrivateKey key;
    private List<X509Certificate> chain = List.of();
    private @Nullable String serverName;
    private List<SNIServerName> askedName = List.of();
    private final Set<String> pins = new HashSet<>();
    private List<String> protocols = List.of();
    private final Set<String> trustedKeys = new LinkedHashSet<>();
    private @Nullable KeyTrust keyTrust;
    private @Nullable KnownKeys firstUse;
    private TlsVersion minVersion = TlsVersion.TLS_1_2;
    private TlsVersion maxVersion = TlsVersion.TLS_1_3;

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.context = context;
      copy.trusted.addAll(trusted);
      copy.key = key;
      copy.chain = chain;
      copy.serverName = serverName;
      copy.askedName = askedName;
      copy.pins.addAll(pins);
      copy.protocols = protocols;
      copy.trustedKeys.addAll(trustedKeys);
      copy.keyTrust = keyTrust;
      copy.firstUse = firstUse;
      copy.minVersion = minVersion;
      copy.maxVersion = maxVersion;
      return copy;
    }

    private String trustText() {
      if (context != null) {
        return "of the SSLContext";
      }
      if (keyTrust != null) {
        return firstUse != null ? "on first use" : "in " + trustedKeys.size() + " keys alone";
      }
      return trusted.isEmpty() ? "of the JDK" : "in " + trusted.size() + " certificates";
    }

    private String certificateText() {
      if (context != null) {
        return "of the SSLContext";
      }
      return key == null ? "none" : "set";
    }

    /**
     * Uses your own context, which then decides on trust and on the client certificate.
     *
     * @param own the context, or null for the JDK's
     * @return this
     */
    public Builder context(@Nullable SSLContext own) {
      this.context = own;
      return this;
    }

    /**
     * Trusts these certificates instead of the JDK's: roots, or the peer's own for a self-signed one.
     *
     * @param certificates one or more
     * @return this
     * @throws IllegalArgumentException if there are none, which would mean the JDK's own trust
     */
    public Builder trust(X509Certificate... certificates) {
      Objects.requireNonNull(certificates, "certificates");
      if (certificates.length == 0) {
        throw new IllegalArgumentException("there is no certificate to trust");
      }
      trusted.addAll(List.of(certificates));
      return this;
    }

    /**
     * Trusts the certificates in a PEM file (RFC 7468) instead of the JDK's: roots, or the peer's own for a
     * self-signed one.
     *
     * @param pem the file, up to 1 MiB; anything else in it is ignored
     * @return this
     * @throws IllegalArgumentException if it has no certificate, or the JDK refuses one
     * @throws IOException if it cannot be read
     */
    public Builder trust(Path pem) throws IOException {
      trusted.addAll(PemFile.read(Objects.requireNonNull(pem, "pem")).certificates());
      return this;
    }

    /**
     * Trusts a peer by its key alone, as for an appliance with a self-signed certificate. Who signed the
     * certificate, which names it has and whether it has expired do not matter. May be called for several keys;
     * the peer must have one of them.
     *
     * @param pin as {@link Tls#pin} makes it
     * @return this
     * @throws IllegalArgumentException if it is not Base64 of 32 bytes
     */
    public Builder trustKey(String pin) {
      trustedKeys.add(checkedPin(pin));
      keyTrust = KeyTrust.in(trustedKeys);
      firstUse = null;
      return this;
    }

    /**
     * Trusts whatever key a peer shows at the first connection, and only that key from then on, as SSH and
     * Gemini do. Who signed the certificate, which names it has and whether it has expired do not matter. An
     * attacker on the way at the first connection is not detected.
     *
     * @param known remembers the keys
     * @return this
     */
    public Builder trustOnFirstUse(KnownKeys known) {
      firstUse = Objects.requireNonNull(known, "known");
      keyTrust = KeyTrust.onFirstUse(known);
      trustedKeys.clear();
      return this;
    }

    /**
     * The lowest version of TLS to speak; 1.2 unless set.
     *
     * @param version the version
     * @return this
     */
    public Builder minVersion(TlsVersion version) {
      minVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * The highest version of TLS to speak, for servers that cannot cope with the newest; 1.3 unless set.
     *
     * @param version the version
     * @return this
     */
    public Builder maxVersion(TlsVersion version) {
      maxVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * Presents a client certificate from PEM files (RFC 7468) to a peer that asks for one.
     *
     * @param certificates the file with the certificate, followed by those that signed it
     * @param key the file with its key, which may be the same: PKCS#8, PKCS#1 or SEC 1, not encrypted
     * @return this
     * @throws IllegalArgumentException if a file lacks the certificate or the key, the key is encrypted (the
     *     message shows the command that decrypts it), or the JDK refuses one
     * @throws IOException if one cannot be read
     */
    public Builder clientCertificate(Path certificates, Path key) throws IOException {
      Objects.requireNonNull(certificates, "certificates");
      Objects.requireNonNull(key, "key");
      List<X509Certificate> read = PemFile.read(certificates).certificates();
      return clientCertificate(PemFile.read(key).key(), read.toArray(new X509Certificate[0]));
    }

    /**
     * Presents a client certificate to a peer that asks for one.
     *
     * @param own the certificate's key
     * @param certificates the certificate, followed by those that signed it
     * @return this
     */
    public Builder clientCertificate(PrivateKey own, X509Certificate... certificates) {
      Objects.requireNonNull(certificates, "certificates");
      this.key = Objects.requireNonNull(own, "own");
      this.chain = List.of(certificates);
      return this;
    }

    /**
     * The name to ask for (SNI, RFC 6066 section 3) and to check, in place of the endpoint's host.
     *
     * @param name an address, or a host name without underscores, which the JDK does not accept in one
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public Builder serverName(String name) {
      Endpoint checked = Endpoint.tcp(Objects.requireNonNull(name, "name"), 1);
      this.serverName = checked.host();
      this.askedName = checked.isAddress() ? List.of() : List.of(new SNIHostName(checked.host()));
      return this;
    }

    /**
     * Accepts only a peer whose own key is one of the pinned ones; all other checks remain.
     *
     * @param pin as {@link Tls#pin} makes it
     * @return this
     * @throws IllegalArgumentException if it is not Base64 of 32 bytes
     */
    public Builder pin(String pin) {
      pins.add(checkedPin(pin));
      return this;
    }

    private static String checkedPin(String pin) {
      Objects.requireNonNull(pin, "pin");
      byte[] hash = new byte[0];
      try {
        hash = Base64.getDecoder().decode(pin);
      } catch (IllegalArgumentException e) {
        // Reported below, together with hashes of the wrong length.
      }
      if (hash.length != 32) {
        throw new IllegalArgumentException("a pin is the Base64 of 32 bytes");
      }
      // Padding may be left out in Base64, and the comparison is by text.
      return Base64.getEncoder().encodeToString(hash);
    }

    /**
     * The protocols to offer by ALPN (RFC 7301), in order of preference; none by default. {@link
     * Wire#applicationProtocol()} says which one the peer chose.
     *
     * @param names their registered names, 1 to 255 bytes each, one byte per character
     * @return this
     * @throws IllegalArgumentException if one of them is not
     */
    public Builder applicationProtocols(String... names) {
      Objects.requireNonNull(names, "names");
      for (String name : names) {
        checkProtocol(name);
      }
      this.protocols = List.of(names);
      return this;
    }

    private static void checkProtocol(String name) {
      if (name.isEmpty() || name.length() > 255) {
        throw new IllegalArgumentException(
            "an ALPN name must have 1 to 255 bytes (RFC 7301 section 3.1), not " + name.length());
      }
      for (int i = 0; i < name.length(); i++) {
        if (name.charAt(i) > 0xFF) {
          throw new IllegalArgumentException(
              "an ALPN name is made of bytes, but " + Quoted.text(name) + " has more at " + i);
        }
      }
    }

    /**
     * Makes the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if a context is combined with trusted or client certificates or keys, or
     *     trusted certificates with trusted keys; if the lowest version is above the highest, or the JDK
     *     refuses a certificate
     */
    public Tls build() {
      return new Tls(this);
    }

    private @Nullable SSLContext resolvedContext() {
      boolean ownTrust = !trusted.isEmpty() || keyTrust != null;
      if (!ownTrust && key == null) {
        return context;
      }
      if (context != null) {
        throw new IllegalArgumentException(
            "an SSLContext decides on trust and keys itself: give it or the certificates, not both");
      }
      if (!trusted.isEmpty() && keyTrust != null) {
        throw new IllegalArgumentException(
            "trust is in certificates or in keys: give the one or the other, not both");
      }
      try {
        return TlsMaterial.context(key == null ? null : TlsMaterial.keys(key, chain), trust());
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalArgumentException(
            "the JDK refuses these certificates: " + e.getMessage(), e);
      }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
      if (keyTrust != null) {
        return new TrustManager[] {keyTrust};
      }
      return trusted.isEmpty() ? null : TlsMaterial.anchors(trusted);
    }
  }
}
