package dev.wireline.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash functions of the Digest scheme (RFC 7616 section 6.1), and what each is worth. */
enum DigestAlgorithm {
  MD5("MD5", "MD5", 1),
  // Its strength is that of SHA-256, and some servers cut SHA-512 off instead, as the examples of
  // RFC 7616 did before their erratum: so it is no better choice, and the server's order decides.
  SHA_512_256("SHA-512-256", "SHA-512/256", 2),
  SHA_256("SHA-256", "SHA-256", 2);

  private static final String SESSION = "-sess";

  private final String token;
  private final String jdkName;
  private final int strength;

  DigestAlgorithm(String token, String jdkName, int strength) {
    this.token = token;
    this.jdkName = jdkName;
    this.strength = strength;
  }

  /** The algorithm of a challenge, whose absence means MD5; null if it is unknown here. */
  static @Nullable DigestAlgorithm of(@Nullable String parameter) {
    if (parameter == null) {
      return MD5;
    }
    String name = isSession(parameter)
        ? parameter.substring(0, parameter.length() - SESSION.length())
        : parameter;
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equalsIgnoreCase(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** Whether the key is derived once per session (section 3.4.2). */
  static boolean isSession(@Nullable String parameter) {
    return parameter != null
        && parameter.regionMatches(
            true, parameter.length() - SESSION.length(), SESSION, 0, SESSION.length());
  }

  boolean isStrongerThan(DigestAlgorithm other) {
    return strength > other.strength;
  }

  /** Whether this JVM has the hash: a restricted one may lack MD5. */
  boolean isAvailable() {
    try {
      MessageDigest.getInstance(jdkName);
      return true;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  /** The hash of texts with colons between them, in lower-case hexadecimal. */
  String hash(String... parts) {
    try {
      byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(jdkName).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM has no " + jdkName, e);
    }
  }
}
