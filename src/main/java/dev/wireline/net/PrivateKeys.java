package dev.wireline.net;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Private keys in the usual forms. The JDK reads only PKCS#8 (RFC 5958); the older forms are wrapped in it.
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  /** rsaEncryption, 1.2.840.113549.1.1.1, with its NULL. */
  private static final byte[] RSA = {
    0x06,
    0x09,
    0x2A,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xF7,
    0x0D,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  /** id-ecPublicKey, 1.2.840.10045.2.1. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  private PrivateKeys() {}

  static PrivateKey ofPkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // It names its algorithm inside: the next one may match.
      }
    }
    throw new InvalidKeySpecException("it is not one of " + String.join(", ", ALGORITHMS));
  }

  /** The form of RFC 8017, appendix A.1.2, for RSA only. */
  static PrivateKey ofPkcs1(byte[] der) throws GeneralSecurityException {
    return ofPkcs8(value(SEQUENCE, VERSION, value(SEQUENCE, RSA), value(OCTET_STRING, der)));
  }

  /** The form of RFC 5915, for elliptic curves only. */
  static PrivateKey ofSec1(byte[] der) throws GeneralSecurityException {
    return ofPkcs8(
        value(SEQUENCE, VERSION, value(SEQUENCE, EC, curve(der)), value(OCTET_STRING, der)));
  }

  /** The curve of an ECPrivateKey: the contents of its field [0]. */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    int at = contents(der, 0);
    while (at < der.length) {
      int tag = der[at] & 0xFF;
      int from = contents(der, at);
      int to = from + length(der, at);
      if (to > der.length) {
        break;
      }
      if (tag == PARAMETERS) {
        return Arrays.copyOfRange(der, from, to);
      }
      at = to;
    }
    throw new InvalidKeySpecException("it does not name its curve");
  }

  /** Where the contents of the value at a position start. */
  private static int contents(byte[] der, int at) throws GeneralSecurityException {
    int first = octet(der, at + 1);
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static int length(byte[] der, int at) throws GeneralSecurityException {
    int first = octet(der, at + 1);
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = length << 8 | octet(der, at + 2 + i);
      if (length > der.length) {
        throw new InvalidKeySpecException("a value in it is longer than the whole");
      }
    }
    return length;
  }

  private static int octet(byte[] der, int at) throws GeneralSecurityException {
    if (at >= der.length) {
      throw new InvalidKeySpecException("it is cut off");
    }
    return der[at] & 0xFF;
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length >= 0x80) {
      boolean two = length > 0xFF;
      out.write(two ? 0x82 : 0x81);
      if (two) {
        out.write(length >> 8);
      }
    }
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
