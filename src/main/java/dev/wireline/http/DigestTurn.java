package dev.wireline.http;

import dev.wireline.internal.Ascii;
import java.nio.charset.StandardCharsets;

/**
 * One use of a nonce, and the texts that RFC 7616 derives from it. Immutable.
 *
 * @param session what the nonce belongs to
 * @param challenge what is answered
 * @param nonce the server's nonce, which may be a later one than that of the challenge
 * @param nc how often it was used, including this time, in eight digits
 * @param cnonce the client's own nonce
 */
record DigestTurn(
    DigestSession session, DigestChallenge challenge, String nonce, String nc, String cnonce) {

  /** The value of Authorization or Proxy-Authorization (section 3.4). */
  String authorization(String user, String password, String method, String target) {
    StringBuilder out = new StringBuilder(DigestChallenge.SCHEME).append(' ');
    appendUser(out, user);
    quoted(out, "realm", challenge.realm());
    quoted(out, "uri", target);
    String algorithm = challenge.algorithmToken();
    if (algorithm != null) {
      plain(out, "algorithm", algorithm);
    }
    quoted(out, "nonce", nonce);
    if (challenge.qop()) {
      plain(out, "nc", nc);
      quoted(out, "cnonce", cnonce);
      plain(out, "qop", "auth");
    }
    quoted(out, "response", response(user, password, method, target));
    String opaque = challenge.opaque();
    if (opaque != null) {
      quoted(out, "opaque", opaque);
    }
    if (challenge.userhash()) {
      plain(out, "userhash", "true");
    }
    return out.substring(0, out.length() - 2);
  }

  /** The proof of a server that knows the password too (section 3.5); it does not contain the method. */
  String confirmation(String user, String password, String target) {
    return response(user, password, "", target);
  }

  private String response(String user, String password, String method, String target) {
    DigestAlgorithm algorithm = challenge.algorithm();
    String key = algorithm.hash(user, challenge.realm(), password);
    if (challenge.isSession()) {
      key = algorithm.hash(key, challenge.nonce(), cnonce);
    }
    String request = algorithm.hash(method, target);
    return challenge.qop()
        ? algorithm.hash(key, nonce, nc, cnonce, "auth", request)
        : algorithm.hash(key, nonce, request);
  }

  private void appendUser(StringBuilder out, String user) {
    if (challenge.userhash()) {
      quoted(out, "username", challenge.algorithm().hash(user, challenge.realm()));
    } else if (user.chars().allMatch(c -> c < 0x80)) {
      quoted(out, "username", user);
    } else {
      plain(out, "username*", extended(user));
    }
  }

  /** A parameter whose value is quoted, as section 3.4 requires for this one. */
  private static void quoted(StringBuilder out, String name, String value) {
    out.append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append("\", ");
  }

  /** A parameter whose value must not be quoted: servers compare it literally. */
  private static void plain(StringBuilder out, String name, String value) {
    out.append(name).append('=').append(value).append(", ");
  }

  /** Text beyond ASCII as a parameter (RFC 8187 section 3.2.1). */
  private static String extended(String text) {
    StringBuilder out = new StringBuilder("UTF-8''");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (Ascii.isTokenChar(b) && b != '*' && b != '\'' && b != '%') {
        out.append((char) b);
      } else {
        out.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return out.toString();
  }

  /** Without the nonces. */
  @Override
  public String toString() {
    return "use " + nc + " of a nonce";
  }
}
