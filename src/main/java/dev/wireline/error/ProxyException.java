package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A proxy refused; the peer itself was never reached. */
public final class ProxyException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final int code;

  /**
   * A refusal by a proxy.
   *
   * @param endpoint the peer that was wanted
   * @param happened which proxy, and what it said
   * @param cause what lies below, or null
   */
  public ProxyException(Endpoint endpoint, String happened, @Nullable Throwable cause) {
    this(endpoint, happened, -1, cause);
  }

  /**
   * A refusal by a proxy, with its status.
   *
   * @param endpoint the peer that was wanted
   * @param happened which proxy, and what it said
   * @param code the status of an HTTP proxy, or the reply of a SOCKS proxy; -1 where it gave none
   * @param cause what lies below, or null
   */
  public ProxyException(Endpoint endpoint, String happened, int code, @Nullable Throwable cause) {
    super(
        endpoint,
        new Activity(Phase.PROXY, "asking a proxy for"),
        Phase.PROXY,
        happened,
        false,
        cause);
    this.code = code;
  }

  /**
   * The status in the proxy's answer.
   *
   * @return the status of an HTTP proxy, such as 407, or the reply of a SOCKS5 proxy (RFC 1928, section 6);
   *     empty if it gave none
   */
  public OptionalInt code() {
    return code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }
}
