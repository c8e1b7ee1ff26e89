package dev.wireline.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One login by a mechanism as line-based protocols carry it: in Base64, with {@code =} for an empty initial
 * response (RFC 4954, section 4; RFC 5034, section 4; RFC 4643, section 2.4).
 *
 * <pre>{@code
 * C: AUTH PLAIN <initialResponse>
 * S: + <a challenge>
 * C: <respond(challenge)>
 * S: +OK welcome                      then complete()
 * }</pre>
 *
 * <p>For one login. Not thread-safe.
 */
public final class SaslText {
  /** What ends a login that cannot go on. */
  public static final String CANCEL = "*";

  private final SaslExchange exchange;

  /** What the client sends first, until it was sent. */
  private byte @Nullable [] first;

  private SaslText(SaslExchange exchange) {
    this.exchange = exchange;
    this.first = exchange.initialResponse().orElse(null);
  }

  /**
   * Begins a login.
   *
   * @param mechanism the mechanism
   * @return the state of this login
   */
  public static SaslText start(Sasl mechanism) {
    return new SaslText(Objects.requireNonNull(mechanism, "mechanism").start());
  }

  /**
   * What to send with the command. If it is longer than allowed, it is kept for the first challenge.
   *
   * @param maxChars the most characters to send with the command, 0 or more
   * @return the response, a secret; empty if the server speaks first
   */
  public Optional<String> initialResponse(int maxChars) {
    if (first == null) {
      return Optional.empty();
    }
    String text = first.length == 0 ? "=" : encoded(first);
    if (text.length() > maxChars) {
      return Optional.empty();
    }
    first = null;
    return Optional.of(text);
  }

  /**
   * Answers a challenge.
   *
   * @param challenge the challenge in Base64; empty or {@code =} for one without bytes
   * @return the response, a secret
   * @throws SaslException if it is not in Base64, or as {@link SaslExchange#respond}; cancel the login
   */
  public String respond(String challenge) throws SaslException {
    byte[] bytes = decoded(Objects.requireNonNull(challenge, "challenge"));
    byte[] kept = first;
    first = null;
    return encoded(kept == null ? exchange.respond(bytes) : kept);
  }

  /**
   * Checks, once the server has said that the login succeeded, that it may be believed.
   *
   * @throws SaslException as {@link SaslExchange#complete}; give the connection up
   */
  public void complete() throws SaslException {
    exchange.complete();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decoded(String challenge) throws SaslException {
    if (challenge.equals("=")) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(challenge.getBytes(US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new SaslException("a challenge is in Base64 (RFC 4648, section 4)");
    }
  }
}
