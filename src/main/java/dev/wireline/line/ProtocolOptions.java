package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;

/**
 * The settings that the clients of all protocols have in common: the lines, when TLS starts, and whether a
 * password may leave in the clear. Immutable.
 *
 * <p>To be extended by the options of a protocol, whose builder extends {@link Builder}.
 */
public abstract class ProtocolOptions {
  private final LineOptions line;
  private final TlsPolicy tlsPolicy;
  private final boolean clearPasswords;

  /**
   * The common settings of a builder.
   *
   * @param builder the builder
   */
  protected ProtocolOptions(Builder<?> builder) {
    Objects.requireNonNull(builder, "builder");
    this.line = builder.line;
    this.tlsPolicy = builder.tlsPolicy;
    this.clearPasswords = builder.clearPasswords;
  }

  /**
   * The dialer, the charset and the bounds.
   *
   * @return the options of the lines
   */
  public final LineOptions line() {
    return line;
  }

  /**
   * When a plaintext connection is turned into a TLS one.
   *
   * @return the policy
   */
  public final TlsPolicy tlsPolicy() {
    return tlsPolicy;
  }

  /**
   * Whether a password may leave without TLS, to any host.
   *
   * @return false unless it was allowed; to this host it may in any case
   */
  public final boolean clearPasswords() {
    return clearPasswords;
  }

  /**
   * The common settings.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "tlsPolicy " + tlsPolicy + (clearPasswords ? ", clearPasswords" : "") + ", " + line;
  }

  /**
   * Builds the options of a protocol. Not thread-safe.
   *
   * @param <B> the builder of the protocol
   */
  public abstract static class Builder<B extends Builder<B>> {
    private LineOptions line;
    private TlsPolicy tlsPolicy;
    private boolean clearPasswords;

    /**
     * A builder that starts at the defaults of a protocol.
     *
     * @param line the dialer, the charset and the bounds
     * @param tlsPolicy when TLS starts
     */
    protected Builder(LineOptions line, TlsPolicy tlsPolicy) {
      this.line = Objects.requireNonNull(line, "line");
      this.tlsPolicy = Objects.requireNonNull(tlsPolicy, "tlsPolicy");
    }

    /**
     * A builder that starts at some settings.
     *
     * @param options the settings
     */
    protected Builder(ProtocolOptions options) {
      this(Objects.requireNonNull(options, "options").line, options.tlsPolicy);
      this.clearPasswords = options.clearPasswords;
    }

    /**
     * This builder, by its own type.
     *
     * @return this
     */
    protected abstract B self();

    /**
     * The dialer, the charset and the bounds.
     *
     * @param value the options of the lines
     * @return this
     */
    public final B line(LineOptions value) {
      line = Objects.requireNonNull(value, "value");
      return self();
    }

    /**
     * When a plaintext connection is turned into a TLS one. An endpoint with TLS is one in any case.
     *
     * @param value the policy
     * @return this
     */
    public final B tlsPolicy(TlsPolicy value) {
      tlsPolicy = Objects.requireNonNull(value, "value");
      return self();
    }

    /**
     * Whether a password may leave without TLS, to any host; false unless set. Everybody on the way can read
     * it then. It always may where the peer {@linkplain Endpoint#isLocal() is on this host}.
     *
     * @param value true to allow it
     * @return this
     */
    public final B clearPasswords(boolean value) {
      clearPasswords = value;
      return self();
    }
  }
}
