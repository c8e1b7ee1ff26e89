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
 * <p>The bytes are as the mechanism defines them: Base64 is the protocol's own business. Every mechanism
 * here takes a fixed number of challenges, so a server cannot go on asking for ever. Used once. Not
 * thread-safe.
 */
public interface SaslExchange {
  /**
   * What the client says before it is asked. A protocol sends it with the command where it may, and
   * otherwise as the answer to the first, empty challenge.
   *
   * @return the response, which may be of no bytes; empty if the server speaks first in this mechanism
   */
  Optional<byte[]> initialResponse();

  /**
   * Answers a challenge. What a protocol carries beside its success, as additional data, is a challenge
   * too.
   *
   * @param challenge the bytes of it, decoded
   * @return the response, to be encoded: a secret
   * @throws SaslException if it breaks the mechanism's rules, comes if none may come, or fails to prove
   *     that the server knows the password; the login has to be cancelled
   */
  byte[] respond(byte[] challenge) throws SaslException;

  /**
   * Checks, once the server has said that the login succeeded, that it may be believed.
   *
   * @throws SaslException if the server left out a step, its proof above all: then it might be anybody,
   *     and the connection has to be given up
   */
  void complete() throws SaslException;
}
