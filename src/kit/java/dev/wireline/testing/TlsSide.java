package dev.wireline.testing;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** How a server speaks TLS: what it shows, and whose certificate it asks for, if any. */
final class TlsSide {

  private final TestCertificate certificate;
  private final SSLContext context;
  private final boolean needsClientCertificate;

  TlsSide(TestCertificate certificate, @Nullable TestCertificate client) {
    this.certificate = certificate;
    this.needsClientCertificate = client != null;
    this.context = client == null ? certificate.serverContext() : certificate.contextFor(client);
  }

  SSLContext clientContext() {
    return certificate.clientContext();
  }

  SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(needsClientCertificate);
    return engine;
  }
}
