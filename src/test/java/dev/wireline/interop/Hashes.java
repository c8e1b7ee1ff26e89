package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** Hashes of passwords as servers keep them in files. */
final class Hashes {
  private Hashes() {}

  /** MD5 in hexadecimal. */
  static String md5(String text) {
    return HexFormat.of().formatHex(hash("MD5", text));
  }

  /** SHA-1 in Base64. */
  static String sha1(String text) {
    return Base64.getEncoder().encodeToString(hash("SHA-1", text));
  }

  private static byte[] hash(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
