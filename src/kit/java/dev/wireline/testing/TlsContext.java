package dev.wireline.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Builds a context that shows and trusts what it is told, and nothing of the platform. */
final class TlsContext {

  private static final char[] PASSWORD = {};

  private final KeyStore anchors = emptyStore();
  private KeyManager[] keyManagers = {};

  TlsContext showing(PrivateKey key, X509Certificate... chain) {
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry("key", key, PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, PASSWORD);
      keyManagers = factory.getKeyManagers();
      return this;
    } catch (GeneralSecurityException e) {
      throw unable(e);
    }
  }

  TlsContext trusting(X509Certificate anchor) {
    try {
      anchors.setCertificateEntry("anchor", anchor);
      return this;
    } catch (GeneralSecurityException e) {
      throw unable(e);
    }
  }

  SSLContext build() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unable(e);
    }
  }

  private static KeyStore emptyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw unable(e);
    }
  }

  private static IllegalStateException unable(Exception e) {
    return new IllegalStateException("this Java platform cannot set up TLS", e);
  }
}
