package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A mechanism that answers each challenge independently. Immutable. */
final class Mechanism implements Sasl {
  private final String name;
  private final boolean revealsSecret;
  private final byte @Nullable [] first;
  private final List<UnaryOperator<byte[]>> answers;

  private Mechanism(
      String name,
      boolean revealsSecret,
      byte @Nullable [] first,
      List<UnaryOperator<byte[]>> answers) {
    this.name = name;
    this.revealsSecret = revealsSecret;
    this.first = first;
    this.answers = answers;
  }

  /**
   * A mechanism that consists of one client message. A challenge after it says why it failed; the mechanism has
   * an answer for that, so that the server can refuse.
   */
  static Mechanism ofMessage(
      String name, boolean revealsSecret, String message, String afterFailure) {
    return new Mechanism(name, revealsSecret, bytes(message), List.of(answer(afterFailure)));
  }

  /** A mechanism in which the server asks; it must not accept before its last challenge. */
  static Mechanism ofAnswers(
      String name, boolean revealsSecret, List<UnaryOperator<byte[]>> answers) {
    return new Mechanism(name, revealsSecret, null, answers);
  }

  /** An answer that does not depend on the challenge. */
  static UnaryOperator<byte[]> answer(String text) {
    byte[] answer = bytes(text);
    return challenge -> answer.clone();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean revealsSecret() {
    return revealsSecret;
  }

  @Override
  public SaslExchange start() {
    return new Run();
  }

  @Override
  public String toString() {
    return name;
  }

  private final class Run implements SaslExchange {
    private int asked;

    @Override
    public Optional<byte[]> initialResponse() {
      return first == null ? Optional.empty() : Optional.of(first.clone());
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
      if (asked == answers.size()) {
        throw new SaslException("challenge " + (asked + 1) + " is one too many for " + name);
      }
      return answers.get(asked++).apply(challenge);
    }

    @Override
    public void complete() throws SaslException {
      // After a first message a challenge is a refusal.
      if (first == null && asked < answers.size()) {
        throw new SaslException(
            "the server accepted a login by " + name + " before challenge " + answers.size());
      }
    }
  }
}
