package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in PEM, as OpenSSL writes them. The keys are for this test alone. */
class PemFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/wireline/net/pem");

  @TempDir
  private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "rsa-pkcs8.pem, rsa-certificate.pem, SHA256withRSA",
    "rsa-pkcs1.pem, rsa-certificate.pem, SHA256withRSA",
    "ec-pkcs8.pem, ec-certificate.pem, SHA256withECDSA",
    "ec-sec1.pem, ec-certificate.pem, SHA256withECDSA"
  })
  void readsAKeyThatBelongsToItsCertificate(String key, String certificate, String algorithm)
      throws Exception {
    PrivateKey own = PemFile.read(FOLDER.resolve(key)).key();
    X509Certificate shown =
        PemFile.read(FOLDER.resolve(certificate)).certificates().get(0);

    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(own);
    signing.update((byte) 1);
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(shown);
    checking.update((byte) 1);
    assertThat(checking.verify(signing.sign())).isTrue();
  }

  @Test
  void readsAKeyOfEd25519() throws Exception {
    assertThat(PemFile.read(FOLDER.resolve("ed25519-pkcs8.pem")).key().getAlgorithm())
        .isEqualTo("EdDSA");
  }

  @Test
  void readsSeveralBlocksAndPassesOverTheText() throws Exception {
    Path all = write("Bag Attributes\n" + text("rsa-certificate.pem") + "\nsubject=CN\r\n"
        + text("ec-certificate.pem").replace("\n", "\r\n") + text("rsa-pkcs8.pem"));

    assertThat(PemFile.read(all).certificates()).hasSize(2);
    assertThat(PemFile.read(all).key().getAlgorithm()).isEqualTo("RSA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-encrypted.pem", "rsa-pkcs1-encrypted.pem"})
  void tellsHowToDecryptAKey(String name) throws Exception {
    PemFile file = PemFile.read(FOLDER.resolve(name));

    assertThatIllegalArgumentException()
        .isThrownBy(file::key)
        .withMessageContaining("has a key that is encrypted; decrypt it first: "
            + "openssl pkcs8 -topk8 -nocrypt -in " + name + " -out plain.pem");
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    PemFile keys = PemFile.read(FOLDER.resolve("rsa-pkcs8.pem"));
    PemFile certificates = PemFile.read(FOLDER.resolve("rsa-certificate.pem"));
    PemFile two = PemFile.read(write(text("rsa-pkcs8.pem") + text("ec-sec1.pem")));

    refuses("has no certificate in PEM", keys::certificates);
    refuses("has no private key in PEM", certificates::key);
    refuses("has more than one private key", two::key);
    assertThatThrownBy(() -> PemFile.read(FOLDER.resolve("none.pem")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-----BEGIN CERTIFICATE-----\\nMII | has a block that does not end",
        "-----BEGIN CERTIFICATE | has a block that does not end",
        "-----BEGIN CERTIFICATE-----\\nMIIC\\n-----END CERTIFICATE----- | that the JDK refuses",
        "-----BEGIN PRIVATE KEY-----\\nMIIC\\n-----END PRIVATE KEY----- | it is not one of RSA, EC,",
        "-----BEGIN EC PRIVATE KEY-----\\nMIIC\\n-----END EC PRIVATE KEY----- | does not name its curve",
        "-----BEGIN EC PRIVATE KEY-----\\nMA==\\n-----END EC PRIVATE KEY----- | it is cut off",
        "-----BEGIN DSA PRIVATE KEY-----\\nMIIC\\n-----END DSA PRIVATE KEY----- | of a kind",
        "-----BEGIN PRIVATE KEY-----\\nMIICx\\n-----END PRIVATE KEY----- | not Base64"
      })
  void refusesWhatIsBroken(String text, String told) throws Exception {
    PemFile[] file = new PemFile[1];

    refuses(told, () -> {
      file[0] = PemFile.read(write(text.replace("\\n", "\n")));
      if (text.contains("CERTIFICATE")) {
        file[0].certificates();
      } else {
        file[0].key();
      }
    });
  }

  @Test
  void refusesAFileThatIsTooLarge() throws Exception {
    Path large = write("x".repeat(PemFile.MAX_BYTES + 1));

    refuses("is larger than 1048576 bytes", () -> PemFile.read(large));
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void refuses(String told, Reading reading) {
    assertThatIllegalArgumentException().isThrownBy(reading::run).withMessageContaining(told);
  }

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  @Test
  void refusesALastLineThatIsAlsoTheFirst() throws Exception {
    Path file = write("-----BEGIN CERTIFICATE------END CERTIFICATE-----");

    assertThatThrownBy(() -> PemFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a block that does not end");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(temporary.resolve("file.pem"), text);
  }
}
