package dev.wireline.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all server builders in this package have in common: where to listen, and TLS.
 *
 * <p>The default is TCP on a free port of the loopback interface, without TLS. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract class ServerBuilder<B extends ServerBuilder<B>> {

  private InetAddress address = InetAddress.getLoopbackAddress();
  private int port;
  private boolean unix;
  private @Nullable TestCertificate certificate;
  private @Nullable TestCertificate clientCertificate;

  ServerBuilder() {}

  abstract B self();

  /**
   * Speaks TLS from the first byte, with a new certificate.
   *
   * @return this builder
   */
  public B tls() {
    return tls(TestCertificate.forHosts());
  }

  /**
   * Speaks TLS from the first byte.
   *
   * @param shown the certificate of the server
   * @return this builder
   */
  public B tls(TestCertificate shown) {
    this.certificate = Objects.requireNonNull(shown, "shown");
    return self();
  }

  /**
   * Requires a client certificate, and refuses clients without one.
   *
   * @param trusted the certificate whose authority is trusted
   * @return this builder
   */
  public B needsClientCertificate(TestCertificate trusted) {
    this.clientCertificate = Objects.requireNonNull(trusted, "trusted");
    return self();
  }

  /**
   * Listens on a Unix-domain socket in a new directory, which is deleted when the server is closed.
   *
   * @return this builder
   */
  public B unix() {
    this.unix = true;
    return self();
  }

  /**
   * Listens on another interface.
   *
   * @param local an address of this machine
   * @return this builder
   */
  public B address(InetAddress local) {
    this.address = Objects.requireNonNull(local, "local");
    return self();
  }

  /**
   * Listens on a particular port, for clients that cannot be configured. Tests should use a free port, which
   * cannot be taken.
   *
   * @param number 1 to 65535, or 0 for a free one (the default)
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public B port(int number) {
    this.port = Listening.checkPort(number);
    return self();
  }

  boolean hasTls() {
    return certificate != null;
  }

  PeerServer serve(Peer peer) throws IOException {
    if (certificate == null && clientCertificate != null) {
      throw new IllegalStateException("a client certificate needs TLS");
    }
    if (certificate != null && unix) {
      throw new IllegalStateException("a Unix-domain socket has no TLS from the first byte");
    }
    TlsSide tls = certificate == null ? null : new TlsSide(certificate, clientCertificate);
    return PeerServer.start(unix ? Listening.unix() : Listening.tcp(address, port), tls, peer);
  }
}
