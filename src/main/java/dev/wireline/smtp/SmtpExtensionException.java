package dev.wireline.smtp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;

/**
 * The server does not offer an extension that a message or a login needs: {@link #extension()} names it.
 * Nothing was sent, and the client stays usable.
 */
public final class SmtpExtensionException extends WirelineException {
  private static final long serialVersionUID = 1;
  private static final Activity ASKING = new Activity(Phase.WRITE, "asking something of");

  /** Its keyword. */
  private final String extension;

  SmtpExtensionException(Endpoint endpoint, String extension, String needed) {
    super(endpoint, ASKING, "the server does not offer " + extension + ", " + needed, true);
    this.extension = extension;
  }

  /**
   * The missing extension.
   *
   * @return the keyword of EHLO, such as {@code SMTPUTF8}
   */
  public String extension() {
    return extension;
  }
}
