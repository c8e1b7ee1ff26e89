package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** A proxy said no; the peer itself was never reached. */
public final class ProxyException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal by a proxy.
   *
   * @param endpoint the peer that was wanted
   * @param happened which proxy, and what it said
   * @param cause what lies below, or null
   */
  public ProxyException(Endpoint endpoint, String happened, @Nullable Throwable cause) {
    super(
        endpoint,
        new Activity(Phase.PROXY, "asking a proxy for"),
        Phase.PROXY,
        happened,
        false,
        cause);
  }
}
