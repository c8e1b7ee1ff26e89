package dev.wireline.sasl;

import java.io.Serial;

/**
 * A challenge that violates its mechanism, or a server that failed to prove what it must.
 *
 * <p>A protocol client that gets it ends the login, and reports it to its caller with the peer and the phase.
 * The message shows no secret, and shows the challenge quoted.
 */
public final class SaslException extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  /**
   * A failure.
   *
   * @param message which rule was broken, with the RFC section
   */
  SaslException(String message) {
    super(message);
  }
}
