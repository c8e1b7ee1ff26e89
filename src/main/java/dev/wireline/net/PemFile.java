package dev.wireline.net;

import dev.wireline.internal.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A file of certificates or keys in the textual encoding of RFC 7468. Text between the blocks is ignored, as
 * section 2 requires.
 */
final class PemFile {
  /** The largest file that is read. */
  static final int MAX_BYTES = 1024 * 1024;

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  private final Path path;
  private final List<Block> blocks = new ArrayList<>();

  /** A block between two lines of dashes. */
  private record Block(String label, String body) {}

  private PemFile(Path path) {
    this.path = path;
  }

  static PemFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return of(path, in.readNBytes(MAX_BYTES + 1));
    }
  }

  /** The content of a file, which failures name. */
  static PemFile of(Path path, byte[] bytes) {
    PemFile file = new PemFile(path);
    if (bytes.length > MAX_BYTES) {
      throw file.refused("is larger than " + MAX_BYTES + " bytes");
    }
    file.take(new String(bytes, StandardCharsets.ISO_8859_1));
    return file;
  }

  private void take(String text) {
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      // The dashes of the first line are not those of the last one.
      int bodyStart = labelEnd + DASHES.length();
      int end = text.indexOf("-----END " + label + DASHES, bodyStart);
      if (labelEnd < 0 || end < 0) {
        throw refused("has a block that does not end");
      }
      blocks.add(new Block(label, text.substring(bodyStart, end)));
      at = end;
    }
  }

  /** The certificates, at least one, in order. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        certificates.add(certificate(der(block)));
      }
    }
    if (certificates.isEmpty()) {
      throw refused("has no certificate in PEM");
    }
    return certificates;
  }

  private X509Certificate certificate(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw refused("has a certificate that the JDK refuses: " + e.getMessage());
    }
  }

  /** The one private key. */
  PrivateKey key() {
    PrivateKey found = null;
    for (Block block : blocks) {
      if (block.label.endsWith("PRIVATE KEY")) {
        if (found != null) {
          throw refused("has more than one private key");
        }
        found = key(block);
      }
    }
    if (found == null) {
      throw refused("has no private key in PEM");
    }
    return found;
  }

  private PrivateKey key(Block block) {
    if (block.label.startsWith("ENCRYPTED") || block.body.contains("ENCRYPTED")) {
      throw refused(
          "has a key that is encrypted; decrypt it first: openssl pkcs8 -topk8 -nocrypt -in "
              + path.getFileName() + " -out plain.pem");
    }
    byte[] der = der(block);
    try {
      return switch (block.label) {
        case "PRIVATE KEY" -> PrivateKeys.ofPkcs8(der);
        case "RSA PRIVATE KEY" -> PrivateKeys.ofPkcs1(der);
        case "EC PRIVATE KEY" -> PrivateKeys.ofSec1(der);
        default ->
          throw refused("has a key of a kind that is not known: " + Quoted.text(block.label));
      };
    } catch (GeneralSecurityException e) {
      throw refused("has a key that the JDK refuses: " + e.getMessage());
    }
  }

  private byte[] der(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.body);
    } catch (IllegalArgumentException e) {
      throw refused("has a block that is not Base64");
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(path + " " + why);
  }
}
