package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;

/**
 * When a client of a protocol with a STARTTLS command turns its connection into a TLS one. An endpoint with
 * {@code tls://} is a TLS one from the first byte, whatever the policy.
 */
public enum TlsPolicy {
  /**
   * TLS before anything else is said, and an exception if the server does not offer it. What stays on this
   * host is exempt, as {@link Endpoint#isLocal()} has it: it is upgraded where TLS is offered.
   */
  REQUIRED,

  /**
   * TLS if the server offers it. Somebody on the way can take the offer out: passwords are still kept from
   * a connection without TLS.
   */
  IF_OFFERED,

  /** No STARTTLS. */
  NEVER;

  /**
   * Tells whether a client has to turn its connection into a TLS one.
   *
   * @param endpoint the peer
   * @param offered whether the server offers it
   * @return true to send STARTTLS, also where it was not offered and only its refusal can tell; false to go
   *     on as it is
   */
  public boolean startsTls(Endpoint endpoint, boolean offered) {
    Objects.requireNonNull(endpoint, "endpoint");
    if (endpoint.isTls() || endpoint.isUnix() || this == NEVER) {
      return false;
    }
    return offered || isMandatory(endpoint);
  }

  /**
   * Tells whether a connection without TLS to this peer must not be used.
   *
   * @param endpoint the peer
   * @return true for {@link #REQUIRED} and a peer that is neither on this host nor spoken to in TLS already
   */
  public boolean isMandatory(Endpoint endpoint) {
    return this == REQUIRED && !endpoint.isTls() && !endpoint.isLocal();
  }
}
