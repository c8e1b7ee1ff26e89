package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of a SCRAM mechanism, and what is computed with it (RFC 5802, section 2.2). */
enum ScramHash {
  SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1"),
  SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256");

  private final String mechanism;
  private final String digest;
  private final String hmac;

  ScramHash(String mechanism, String digest, String hmac) {
    this.mechanism = mechanism;
    this.digest = digest;
    this.hmac = hmac;
  }

  String mechanism() {
    return mechanism;
  }

  byte[] hash(byte[] text) {
    try {
      return MessageDigest.getInstance(digest).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this platform has no " + digest, e);
    }
  }

  byte[] keyed(byte[] key, byte[] text) {
    return new Hmac(hmac, key).of(text);
  }

  byte[] keyed(byte[] key, String text) {
    return keyed(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The salted password: Hi() of the RFC. */
  byte[] salted(String password, byte[] salt, int iterations) {
    Hmac keyed = new Hmac(hmac, password.getBytes(StandardCharsets.UTF_8));
    byte[] round = keyed.of(salt, new byte[] {0, 0, 0, 1});
    byte[] result = round.clone();
    for (int i = 1; i < iterations; i++) {
      round = keyed.of(round);
      xor(result, round);
    }
    return result;
  }

  /** Combines the second into the first, bit by bit. */
  static byte[] xor(byte[] into, byte[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] ^= other[i];
    }
    return into;
  }
}
