package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A certificate for the loopback interface that its server reads from files, made on the spot. */
final class PemCertificate {
  private static final String PASSWORD = "password";
  private static final String ALIAS = "server";

  private final X509Certificate certificate;

  private PemCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /** Makes one, and puts it into the folder as {@code certificate.pem} and {@code key.pem}. */
  static PemCertificate in(ServerFolder folder) throws IOException {
    Path store = folder.path().resolve("keys.p12");
    run(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString()));
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
      byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      folder.write("certificate.pem", pem("CERTIFICATE", certificate.getEncoded()));
      folder.write("key.pem", pem("PRIVATE KEY", key));
      return new PemCertificate(certificate);
    } catch (GeneralSecurityException e) {
      throw new IOException("the tool of the JDK made no key", e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a key was made", e);
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
