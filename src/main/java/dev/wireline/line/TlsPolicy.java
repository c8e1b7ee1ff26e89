package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;

/**
 * When a client of a protocol with a STARTTLS command upgrades its connection to TLS. A {@code tls://} endpoint
 * uses TLS from the first byte, whatever the policy.
 */
public enum TlsPolicy {
  /**
   * TLS before anything else is said, and an exception if the server does not offer it. A connection that stays
   * on {@linkplain Endpoint#isLocal() this host} is exempt: it is upgraded only if TLS is offered.
   */
  REQUIRED,

  /**
   * TLS if the server offers it. An attacker on the way can remove the offer; even so, passwords are not sent
   * on a connection without TLS.
   */
  IF_OFFERED,

  /** No STARTTLS. */
  NEVER;

  /**
   * Whether a client must upgrade its connection to TLS.
   *
   * @param endpoint the peer
   * @param offered whether the server offers it
   * @return true to send STARTTLS, even if it was not offered and only the refusal will tell; false to go on as
   *     it is
   */
  public boolean startsTls(Endpoint endpoint, boolean offered) {
    Objects.requireNonNull(endpoint, "endpoint");
    if (endpoint.isTls() || endpoint.isUnix() || this == NEVER) {
      return false;
    }
    return offered || isMandatory(endpoint);
  }

  /**
   * Whether a connection to this peer must not be used without TLS.
   *
   * @param endpoint the peer
   * @return true for {@link #REQUIRED}, if the peer is not on this host and the endpoint does not use TLS
   *     already
   */
  public boolean isMandatory(Endpoint endpoint) {
    return this == REQUIRED && !endpoint.isTls() && !endpoint.isLocal();
  }
}
