package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A challenge of the Digest scheme that can be answered (RFC 7616 section 3.3). Immutable.
 *
 * @param realm the name of the protection space
 * @param nonce what the server expects to find in the answer
 * @param opaque what is sent back unchanged; null if the challenge has none
 * @param algorithm the hash
 * @param algorithmToken the algorithm as the server spelled it; null if the challenge has none
 * @param qop whether the answer counts its uses of the nonce and has a nonce of its own; false for
 *     RFC 2069
 * @param userhash whether the user's name is sent as its hash
 * @param stale whether only the nonce of a refused answer was out of date, and not its password wrong
 * @param paths the path prefixes that an answer is good for: all, unless the challenge lists some
 */
record DigestChallenge(
    String realm,
    String nonce,
    @Nullable String opaque,
    DigestAlgorithm algorithm,
    @Nullable String algorithmToken,
    boolean qop,
    boolean userhash,
    boolean stale,
    List<String> paths) {
  static final String SCHEME = "Digest";

  /** The strongest of the challenges that can be answered, the first of equals; or null. */
  static @Nullable DigestChallenge strongest(List<Challenge> challenges, boolean legacy) {
    DigestChallenge best = null;
    for (Challenge challenge : challenges) {
      DigestChallenge next = of(challenge);
      if (next == null || (!next.qop && !legacy)) {
        continue;
      }
      if (best == null || next.isStrongerThan(best)) {
        best = next;
      }
    }
    return best;
  }

  private boolean isStrongerThan(DigestChallenge other) {
    return qop == other.qop ? algorithm.isStrongerThan(other.algorithm) : qop;
  }

  /** The challenge, or null if it is of another scheme or cannot be answered. */
  static @Nullable DigestChallenge of(Challenge challenge) {
    String realm = challenge.parameter("realm");
    String nonce = challenge.parameter("nonce");
    String opaque = challenge.parameter("opaque");
    String token = challenge.parameter("algorithm");
    DigestAlgorithm algorithm = DigestAlgorithm.of(token);
    if (!challenge.isOf(SCHEME) || realm == null || nonce == null || algorithm == null) {
      return null;
    }
    String qop = challenge.parameter("qop");
    boolean answerable = qop == null ? !DigestAlgorithm.isSession(token) : offersAuth(qop);
    boolean ascii = isAscii(realm) && isAscii(nonce) && (opaque == null || isAscii(opaque));
    if (!answerable || !ascii || !algorithm.isAvailable()) {
      return null;
    }
    return new DigestChallenge(
        realm,
        nonce,
        opaque,
        algorithm,
        token,
        qop != null,
        isTrue(challenge.parameter("userhash")),
        isTrue(challenge.parameter("stale")),
        paths(challenge.parameter("domain")));
  }

  /** Whether answers to the two differ only in the nonce. */
  boolean hasTermsOf(DigestChallenge other) {
    return realm.equals(other.realm)
        && Objects.equals(opaque, other.opaque)
        && Objects.equals(algorithmToken, other.algorithmToken)
        && qop == other.qop
        && userhash == other.userhash;
  }

  boolean isSession() {
    return DigestAlgorithm.isSession(algorithmToken);
  }

  private static boolean isTrue(@Nullable String value) {
    return "true".equalsIgnoreCase(value);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** The value of qop is a list of tokens, in any order. */
  private static boolean offersAuth(String qop) {
    int start = 0;
    while (start <= qop.length()) {
      int comma = qop.indexOf(',', start);
      int end = comma < 0 ? qop.length() : comma;
      if (qop.substring(start, end).strip().equalsIgnoreCase("auth")) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /** Only paths of this server: an answer for one origin is good for no other, whatever is listed. */
  private static List<String> paths(@Nullable String domain) {
    if (domain == null) {
      return List.of("/");
    }
    List<String> paths = new ArrayList<>();
    int start = 0;
    while (start < domain.length()) {
      int blank = domain.indexOf(' ', start);
      int end = blank < 0 ? domain.length() : blank;
      String uri = domain.substring(start, end);
      if (uri.startsWith("/") && !uri.startsWith("//")) {
        paths.add(uri);
      }
      start = end + 1;
    }
    return List.copyOf(paths);
  }
}
