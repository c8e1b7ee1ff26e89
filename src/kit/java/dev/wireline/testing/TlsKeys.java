package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the server's side of TLS 1.3 derives from the shared secret and from what was said (RFC 8446,
 * section 7.1), with SHA-256. Not thread-safe.
 */
final class TlsKeys {

  private static final int HASH_BYTES = 32;
  private static final byte[] NOTHING = {};

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private byte[] stage = hmac(new byte[HASH_BYTES], new byte[HASH_BYTES]);
  private byte[] traffic = NOTHING;

  /** Takes a message of the handshake, of either side. */
  void take(byte[] message) {
    said.writeBytes(message);
  }

  /** Goes on to the secrets of the handshake, behind both hellos. */
  void shareSecret(byte[] shared) {
    goOn(shared);
    traffic = derived(stage, "s hs traffic", saidSoFar());
  }

  /** Goes on to the secrets of the data, behind the server's Finished. */
  void finish() {
    goOn(new byte[HASH_BYTES]);
    traffic = derived(stage, "s ap traffic", saidSoFar());
  }

  /** Goes on to the next secret, as a KeyUpdate does. */
  void update() {
    traffic = expanded(traffic, "traffic upd", NOTHING, HASH_BYTES);
  }

  private void goOn(byte[] input) {
    stage = hmac(derived(stage, "derived", hash(NOTHING)), input);
  }

  byte[] saidSoFar() {
    return hash(said.toByteArray());
  }

  byte[] key() {
    return expanded(traffic, "key", NOTHING, 16);
  }

  byte[] iv() {
    return expanded(traffic, "iv", NOTHING, 12);
  }

  byte[] verifyData() {
    return hmac(expanded(traffic, "finished", NOTHING, HASH_BYTES), saidSoFar());
  }

  private static byte[] derived(byte[] secret, String label, byte[] context) {
    return expanded(secret, label, context, HASH_BYTES);
  }

  /** HKDF-Expand-Label, for no more than one hash. */
  private static byte[] expanded(byte[] secret, String label, byte[] context, int size) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    TlsBytes info =
        new TlsBytes().number(size, 2).vector(name, 1).vector(context, 1).number(1, 1);
    byte[] block = hmac(secret, info.toByteArray());
    return Arrays.copyOf(block, size);
  }

  private static byte[] hmac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] hash(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
