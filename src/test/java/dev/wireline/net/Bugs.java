package dev.wireline.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A user's code that throws where nobody expects it. */
final class Bugs extends X509ExtendedTrustManager {

  /** A context whose trust manager throws an unchecked exception. */
  static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Bugs()}, null);
    return context;
  }

  private static IllegalStateException bug() {
    return new IllegalStateException("a bug in a trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw bug();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw bug();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw bug();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw bug();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw bug();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw bug();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
