package dev.wireline.http;

import dev.wireline.http.grammar.ChallengeParser;
import dev.wireline.internal.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of Authorization or Proxy-Authorization that a request carries, and what its sender remembers about
 * it. Immutable.
 */
final class Answer {
  private final String value;
  private final boolean asked;
  private final boolean repeated;
  private final @Nullable DigestTurn turn;
  private final String confirmation;

  Answer(
      String value,
      boolean asked,
      boolean repeated,
      @Nullable DigestTurn turn,
      String confirmation) {
    this.value = value;
    this.asked = asked;
    this.repeated = repeated;
    this.turn = turn;
    this.confirmation = confirmation;
  }

  static Answer asked(String value) {
    return new Answer(value, true, false, null, "");
  }

  static Answer unasked(String value) {
    return new Answer(value, false, false, null, "");
  }

  /** The field value: a secret. */
  String value() {
    return value;
  }

  /** Whether it answers a challenge, and was not sent in the hope that it would fit. */
  boolean isAsked() {
    return asked;
  }

  /** Whether it answers a challenge that said that a nonce was stale. */
  boolean isRepeated() {
    return repeated;
  }

  @Nullable
  DigestTurn turn() {
    return turn;
  }

  /**
   * Takes in what the server says about an answer that it accepted: Authentication-Info or
   * Proxy-Authentication-Info (RFC 7616 section 3.5). A proof that the server knows the password is checked
   * whenever there is one, and a server that passes may set the next nonce. A field that cannot be parsed is
   * treated as absent.
   *
   * @param lines the values of that field; may be empty
   * @throws MalformedException if the proof is wrong or incomplete
   */
  void confirm(List<String> lines) throws MalformedException {
    DigestTurn used = turn;
    if (used == null || lines.isEmpty()) {
      return;
    }
    Map<String, String> says = ChallengeParser.parameters(lines);
    String proof = says.get("rspauth");
    if (proof != null) {
      check(used, says, proof);
    }
    String next = says.get("nextnonce");
    if (next != null && next.chars().allMatch(c -> c < 0x80)) {
      used.session().renew(next);
    }
  }

  private void check(DigestTurn used, Map<String, String> says, String proof)
      throws MalformedException {
    boolean right = isEqual(proof, confirmation);
    if (used.challenge().qop()) {
      right &= used.cnonce().equals(says.get("cnonce"));
      right &= used.nc().equalsIgnoreCase(says.get("nc"));
      right &= "auth".equalsIgnoreCase(says.getOrDefault("qop", "auth"));
    }
    if (!right) {
      throw new MalformedException(
          "the server proves that it knows the password too (RFC 7616 section 3.5)",
          "a wrong proof");
    }
  }

  private static boolean isEqual(String proof, String expected) {
    return MessageDigest.isEqual(
        proof.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
        expected.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the value. */
  @Override
  public String toString() {
    return asked ? "an answer to a challenge" : "an answer before a challenge";
  }
}
