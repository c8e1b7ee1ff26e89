package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash (RFC 2104). Not thread-safe. */
final class Hmac {
  private final Mac mac;

  /**
   * A hash with a key.
   *
   * @throws IllegalStateException if the platform lacks the algorithm, for example because it is restricted to
   *     newer ones
   */
  Hmac(String algorithm, byte[] key) {
    try {
      mac = Mac.getInstance(algorithm);
      mac.init(keyOf(key, algorithm));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a password cannot be a key of " + algorithm, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform has no " + algorithm, e);
    }
  }

  /** A key is padded with zeros to the block of the hash, so a single zero stands for an empty key. */
  private static Key keyOf(byte[] key, String algorithm) {
    return new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm);
  }

  /** The user, and the challenge keyed with the password (RFC 2195, section 2). */
  static byte[] cramMd5(String user, String password, byte[] challenge) {
    byte[] digest = new Hmac("HmacMD5", password.getBytes(StandardCharsets.UTF_8)).of(challenge);
    return (user + " " + HexFormat.of().formatHex(digest)).getBytes(StandardCharsets.UTF_8);
  }

  byte[] of(byte[]... parts) {
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }
}
