package dev.wireline.testing;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Writes an X.509 v3 certificate (RFC 5280, section 4.1), signed with ECDSA and SHA-256.
 *
 * @param issuer the common name of who signs
 * @param subject the common name of who is certified
 * @param key the public key of the subject
 * @param from when it starts to be valid
 * @param until when it ends to be valid
 */
record X509Writer(String issuer, String subject, PublicKey key, Instant from, Instant until) {

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final int TAG_VERSION = 0xa0;
  private static final int TAG_EXTENSIONS = 0xa3;
  private static final int TAG_DNS_NAME = 0x82;
  private static final int TAG_IP_ADDRESS = 0x87;

  /** Writes the certificate of an authority. */
  X509Certificate authority(PrivateKey signer) throws GeneralSecurityException {
    byte[] isAuthority = Der.sequence(Der.trueValue());
    return signed(
        signer, Der.sequence(Der.oid(2, 5, 29, 19), Der.trueValue(), Der.octets(isAuthority)));
  }

  /** Writes the certificate of a server or client; with neither names nor addresses it has no subjectAltName. */
  X509Certificate leaf(PrivateKey signer, List<String> names, List<String> addresses)
      throws GeneralSecurityException {
    byte[] alternatives = {};
    for (String name : names) {
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      alternatives = Der.concatenated(alternatives, Der.tagged(TAG_DNS_NAME, ascii));
    }
    for (String address : addresses) {
      byte[] octets = octetsOf(address);
      alternatives = Der.concatenated(alternatives, Der.tagged(TAG_IP_ADDRESS, octets));
    }
    if (alternatives.length == 0) {
      return signed(signer);
    }
    return signed(
        signer, Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(Der.sequence(alternatives))));
  }

  private static byte[] octetsOf(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("the address is none: " + Escaped.text(address), e);
    }
  }

  private X509Certificate signed(PrivateKey signer, byte[]... extensions)
      throws GeneralSecurityException {
    // An empty list of extensions is not allowed (RFC 5280, section 4.1.2.9).
    byte[] extended =
        extensions.length == 0 ? new byte[0] : Der.tagged(TAG_EXTENSIONS, Der.sequence(extensions));
    byte[] body = Der.sequence(
        Der.tagged(TAG_VERSION, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(96, new SecureRandom()).setBit(95)),
        ECDSA_WITH_SHA256,
        name(issuer),
        Der.sequence(Der.time(from), Der.time(until)),
        name(subject),
        key.getEncoded(),
        extended);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(body);
    byte[] whole = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8(commonName))));
  }
}
