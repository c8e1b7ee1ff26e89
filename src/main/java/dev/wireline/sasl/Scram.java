package dev.wireline.sasl;

import java.security.SecureRandom;
import java.util.Base64;

/** SCRAM (RFC 5802) without channel binding. Immutable. */
final class Scram implements Sasl {
  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ScramHash hash;
  private final String user;
  private final String password;

  Scram(ScramHash hash, String user, String password) {
    this.hash = hash;
    this.user = SaslPrep.prepare("user", Credential.user(user));
    this.password = SaslPrep.prepare("password", password);
  }

  @Override
  public String name() {
    return hash.mechanism();
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }

  @Override
  public SaslExchange start() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return start(Base64.getEncoder().encodeToString(nonce));
  }

  /** Starts with a nonce that a test knows. */
  SaslExchange start(String nonce) {
    return new ScramExchange(hash, user, password, nonce);
  }

  @Override
  public String toString() {
    return name();
  }
}
