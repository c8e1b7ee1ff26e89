package dev.wireline.smtp;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.Quoted;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.TlsPolicy;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link SmtpClient}: the common ones, and how messages are sent. Immutable.
 *
 * <p>Unless a policy is set, TLS is required, except for a server on this host.
 */
public final class SmtpOptions extends ProtocolOptions {
  /** The default limit of a message line in bytes, without its end: 998 (RFC 5322, section 2.1.1). */
  public static final int MAX_TEXT_LINE_BYTES = 998;

  private static final SmtpOptions STANDARD = builder().build();

  private final @Nullable String clientName;
  private final boolean lmtp;
  private final int maxTextLineBytes;

  private SmtpOptions(Builder builder) {
    super(builder);
    this.clientName = builder.clientName;
    this.lmtp = builder.lmtp;
    this.maxTextLineBytes = builder.maxTextLineBytes;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static SmtpOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * The client's name in EHLO.
   *
   * @return the name; empty for its address on the connection
   */
  public Optional<String> clientName() {
    return Optional.ofNullable(clientName);
  }

  /**
   * Whether it speaks LMTP.
   *
   * @return false for SMTP
   */
  public boolean lmtp() {
    return lmtp;
  }

  /**
   * The longest line of a message that is sent.
   *
   * @return in bytes without the line end, 1 or more
   */
  public int maxTextLineBytes() {
    return maxTextLineBytes;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return (clientName == null ? "" : "clientName " + clientName + ", ") + (lmtp ? "lmtp, " : "")
        + "maxTextLineBytes " + maxTextLineBytes + ", " + super.toString();
  }

  /** Builds {@link SmtpOptions}. Not thread-safe. */
  public static final class Builder extends ProtocolOptions.Builder<Builder> {
    private @Nullable String clientName;
    private boolean lmtp;
    private int maxTextLineBytes = MAX_TEXT_LINE_BYTES;

    private Builder() {
      super(LineOptions.standard(), TlsPolicy.REQUIRED);
    }

    private Builder(SmtpOptions options) {
      super(options);
      clientName = options.clientName;
      lmtp = options.lmtp;
      maxTextLineBytes = options.maxTextLineBytes;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * The client's name in EHLO. Unless set it is the address literal of its end of the connection, as {@code
     * [192.0.2.1]} (RFC 5321, section 4.1.3), and {@code localhost} on a Unix-domain socket.
     *
     * @param value a host name or an address literal, without spaces
     * @return this
     * @throws IllegalArgumentException if it is empty, or has anything but printable ASCII
     */
    public Builder clientName(String value) {
      Objects.requireNonNull(value, "value");
      if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
        throw new IllegalArgumentException(
            "a client is called by a host name or an address literal, not " + Quoted.text(value));
      }
      clientName = value;
      return this;
    }

    /**
     * Whether it speaks LMTP (RFC 2033), in which the server answers for each recipient; false unless set.
     *
     * @param value true for LMTP
     * @return this
     */
    public Builder lmtp(boolean value) {
      lmtp = value;
      return this;
    }

    /**
     * The longest line of a message that is sent; {@link #MAX_TEXT_LINE_BYTES} unless set. Servers may refuse
     * longer ones, or break them.
     *
     * @param value in bytes without the line end, 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxTextLineBytes(int value) {
      maxTextLineBytes = Bounds.check("maxTextLineBytes", value);
      return this;
    }

    /** {@return the options} */
    public SmtpOptions build() {
      return new SmtpOptions(this);
    }
  }
}
