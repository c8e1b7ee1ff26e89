package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import java.io.EOFException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;

/** A TLS handshake over a connected transport, waited for within its deadline. */
final class Handshake {
  private Handshake() {}

  /**
   * Runs the handshake and checks the peer's names and pins. If it fails, the transport below is left open.
   *
   * @param session whose TLS session to resume if there is one; the same host
   */
  static TlsTransport run(
      Transport below, Endpoint peer, Endpoint session, Tls tls, Deadline deadline)
      throws IOException {
    TlsTransport secured = null;
    try {
      secured = new TlsTransport(below, tls.engine(session), deadline.clock());
      Wait wait = new Wait(peer, Activity.SECURING, deadline);
      for (TlsTransport.Step step = secured.handshake();
          step != TlsTransport.Step.DONE;
          step = secured.handshake()) {
        long nanos = wait.left(below);
        if (nanos == 0) {
          throw wait.exceeded("");
        }
        if (step == TlsTransport.Step.INPUT) {
          below.awaitInput(nanos);
        } else if (step == TlsTransport.Step.OUTPUT) {
          below.awaitOutput(nanos);
        }
      }
      tls.check(secured.session().orElseThrow(), peer);
      return secured;
    } catch (SSLException | GeneralSecurityException e) {
      String plain = secured == null ? "" : secured.plaintext();
      throw plain.isEmpty()
          ? failed(peer, e)
          : new TlsException(peer, Activity.SECURING, notTls(plain), e);
    } catch (NoDataException e) {
      throw e.told(peer, Activity.SECURING);
    } catch (EOFException e) {
      throw new ConnectionClosedException(
          peer, Activity.SECURING, String.valueOf(e.getMessage()), new byte[0], e);
    }
  }

  private static String notTls(String plain) {
    String guess = plain.startsWith("\"HTTP/") ? "; perhaps http:// is meant" : "";
    return "what the peer says is not TLS: " + plain + guess;
  }

  private static WirelineException failed(Endpoint peer, Exception e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new TlsException(peer, Activity.SECURING, Quoted.printable(told(e, root)), e);
  }

  /** The JDK describes certificate problems by class names; the actual problem is in the root cause. */
  private static String told(Exception e, Throwable root) {
    String text = String.valueOf(e.getMessage());
    String said = root.getMessage();
    if (said == null) {
      return text;
    }
    if (root instanceof CertPathBuilderException) {
      return "the peer's certificate is not trusted (" + said + ")";
    }
    if (root instanceof CertificateExpiredException) {
      return "the peer's certificate has expired (" + said + ")";
    }
    if (root instanceof CertificateException) {
      return "the peer's certificate is refused (" + said + ")";
    }
    return text.contains(said) ? text : text + " (" + said + ")";
  }
}
