package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;

/**
 * The settings that all protocol clients share: the lines, when TLS starts, and whether a password may be sent
 * in the clear. Immutable.
 *
 * <p>The options of a protocol extend it, and their builder extends {@link Builder}.
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
   * The dialer, the charset, timeouts and limits.
   *
   * @return the options of the lines
   */
  public final LineOptions line() {
    return line;
  }

  /**
   * When a plaintext connection is upgraded to TLS.
   *
   * @return the policy
   */
  public final TlsPolicy tlsPolicy() {
    return tlsPolicy;
  }

  /**
   * Whether a password may be sent without TLS, to any host.
   *
   * @return false unless it was allowed; it may always be sent to this host
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
     * @param line the dialer, the charset, timeouts and limits
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
     * The dialer, the charset, timeouts and limits.
     *
     * @param value the options of the lines
     * @return this
     */
    public final B line(LineOptions value) {
      line = Objects.requireNonNull(value, "value");
      return self();
    }

    /**
     * When a plaintext connection is upgraded to TLS. An endpoint with TLS uses it in any case.
     *
     * @param value the policy
     * @return this
     */
    public final B tlsPolicy(TlsPolicy value) {
      tlsPolicy = Objects.requireNonNull(value, "value");
      return self();
    }

    /**
     * Whether a password may be sent without TLS, to any host; false unless set. Everybody on the way can then
     * read it. It may always be sent if the peer {@linkplain Endpoint#isLocal() is on this host}.
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
