package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * TLS failed: the handshake, the certificate, the host name, a pinned key, or a record; or there is no TLS
 * although it is required.
 */
public final class TlsException extends WirelineException {
  private static final long serialVersionUID = 1;

  /**
   * A TLS failure.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, with the facts
   * @param cause the JDK's exception, or null
   */
  public TlsException(
      Endpoint endpoint, Activity activity, String happened, @Nullable Throwable cause) {
    super(endpoint, activity, activity.phase(), happened, false, cause);
  }

  /**
   * TLS is missing although it is required; nothing was sent without it.
   *
   * @param endpoint the peer
   * @param activity what was to be done
   * @param happened what is missing
   */
  public TlsException(Endpoint endpoint, Activity activity, String happened) {
    super(endpoint, activity, happened, true);
  }
}
