package dev.wireline.pop3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The timestamp in a greeting, and what APOP computes from it (RFC 1939, section 7). No I/O. */
final class Timestamp {
  private Timestamp() {}

  /**
   * The timestamp of a greeting; null if there is none that looks like a message id. With bytes that no message
   * id has, a server could find out the password by MD5 collisions.
   */
  static @Nullable String of(String greeting) {
    int start = greeting.indexOf('<');
    int end = greeting.indexOf('>', start + 1);
    if (start < 0 || end < 0) {
      return null;
    }
    int at = greeting.indexOf('@', start);
    boolean two = at > start + 1 && at < end - 1 && greeting.indexOf('@', at + 1) == -1;
    for (int i = start + 1; i < end && two; i++) {
      char c = greeting.charAt(i);
      two = c > ' ' && c <= '~' && c != '<';
    }
    return two ? greeting.substring(start, end + 1) : null;
  }

  /** The digest of a timestamp and a password, in hexadecimal. */
  static String digest(String timestamp, String password) {
    try {
      byte[] all = (timestamp + password).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(all));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
