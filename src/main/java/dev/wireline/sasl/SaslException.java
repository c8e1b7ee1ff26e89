package dev.wireline.sasl;

import java.io.Serial;

/**
 * A challenge that breaks the rules of its mechanism, or a server that did not prove what it has to.
 *
 * <p>A protocol client that meets it ends the login, and tells its caller with the peer and the phase.
 * The message shows no secret, and of the challenge only what is quoted.
 */
public final class SaslException extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  /**
   * A failure.
   *
   * @param message which rule was broken, with the section of the RFC
   */
  SaslException(String message) {
    super(message);
  }
}
