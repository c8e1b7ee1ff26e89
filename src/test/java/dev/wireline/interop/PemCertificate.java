package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for the loopback interface that its server reads from files, made on the spot, once for
 * all servers.
 */
final class PemCertificate {
  private static final String PASSWORD = "password";
  private static final String ALIAS = "server";

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable PemCertificate made;

  private final X509Certificate certificate;
  private final byte[] key;

  private PemCertificate(X509Certificate certificate, byte[] key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** Options with trust in it. */
  LineOptions trusting() {
    Tls tls = Tls.builder().trust(certificate).build();
    return LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
  }

  /** Puts it into the folder as {@code certificate.pem} and {@code key.pem}. */
  static PemCertificate in(ServerFolder folder) throws IOException {
    PemCertificate pem = once(folder);
    try {
      folder.write("certificate.pem", pem("CERTIFICATE", pem.certificate.getEncoded()));
      folder.write("key.pem", pem("PRIVATE KEY", pem.key));
      return pem;
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate cannot be written", e);
    }
  }

  private static PemCertificate once(ServerFolder folder) throws IOException {
    LOCK.lock();
    try {
      PemCertificate pem = made == null ? make(folder) : made;
      made = pem;
      return pem;
    } finally {
      LOCK.unlock();
    }
  }

  private static PemCertificate make(ServerFolder folder) throws IOException {
    Path store = folder.path().resolve("keys.p12");
    Tool.run(new ProcessBuilder(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        // GnuTLS wants the public key in the file of an elliptic one, where the JDK does not write
        // it.
        "RSA",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString())));
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
      byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      return new PemCertificate(certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException("the tool of the JDK made no key", e);
    }
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  /** The certificate, which is what a client has to trust. */
  X509Certificate certificate() {
    return certificate;
  }
}
