package dev.wireline.sntp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;

/** A time server refused with a kiss-o'-death packet (RFC 5905, section 7.4). */
public final class SntpException extends WirelineException {
  private static final long serialVersionUID = 1;

  /** The code of the refusal. */
  private final String code;

  SntpException(Endpoint server, Activity activity, String code) {
    super(server, activity, "the server refuses, and says " + quoted(code), false);
    this.code = code;
  }

  /**
   * What the server said: {@code RATE} to ask less often, {@code DENY} and {@code RSTR} not to ask again.
   *
   * @return four characters: text from the peer
   */
  public String code() {
    return code;
  }
}
