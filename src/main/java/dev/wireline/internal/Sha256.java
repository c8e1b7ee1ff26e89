package dev.wireline.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text as a name of always the same length, which does not tell the text. */
public final class Sha256 {
  private Sha256() {}

  /**
   * The SHA-256 of a text in UTF-8.
   *
   * @param text the text
   * @return 64 hexadecimal digits in lower case
   */
  public static String hex(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
