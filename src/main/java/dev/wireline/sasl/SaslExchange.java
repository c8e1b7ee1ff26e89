package dev.wireline.sasl;

import java.util.Optional;

/**
 * One login by a mechanism: the state between its challenges and responses (RFC 4422, section 3).
 *
 * <pre>{@code
 * C: AUTH SCRAM-SHA-256 <initialResponse, in Base64>
 * S: 334 <a challenge, in Base64>
 * C: <respond(challenge), in Base64>
 * S: 235 welcome                      then complete()
 * }</pre>
 *
 * <p>The bytes are as the mechanism defines them; Base64 is up to the protocol. Every mechanism here takes a
 * fixed number of challenges, so a server cannot go on asking for ever. For one login. Not thread-safe.
 */
public interface SaslExchange {
  /**
   * What the client sends first. A protocol sends it with the command if allowed, and otherwise as the answer
   * to a first, empty challenge.
   *
   * @return the response, which may have no bytes; empty if the server speaks first in this mechanism
   */
  Optional<byte[]> initialResponse();

  /**
   * Answers a challenge. Additional data that a protocol sends with success counts as a challenge too.
   *
   * @param challenge its bytes, decoded
   * @return the response, not encoded: a secret
   * @throws SaslException if it violates the mechanism, comes when none may come, or fails to prove that the
   *     server knows the password; cancel the login
   */
  byte[] respond(byte[] challenge) throws SaslException;

  /**
   * Checks, after the server has reported success, that it can be believed.
   *
   * @throws SaslException if the server left out a step, above all its proof: it might then be anybody, so give
   *     the connection up
   */
  void complete() throws SaslException;
}
