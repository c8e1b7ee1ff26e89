package dev.wireline.pop3;

import dev.wireline.internal.Bounds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.TlsPolicy;

/**
 * The settings of a {@link Pop3Client}: the common ones, and limits. Immutable.
 *
 * <p>Unless a policy is set, TLS is required, except for a server on this host.
 */
public final class Pop3Options extends ProtocolOptions {
  /** The default limit of mails in one list: 100000. */
  public static final int MAX_MAILS = 100_000;

  /** The default limit of bytes in one mail: 256 MiB. */
  public static final long MAX_MAIL_BYTES = 256L << 20;

  private static final Pop3Options STANDARD = builder().build();

  private final int maxMails;
  private final long maxMailBytes;

  private Pop3Options(Builder builder) {
    super(builder);
    this.maxMails = builder.maxMails;
    this.maxMailBytes = builder.maxMailBytes;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static Pop3Options standard() {
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
   * The most mails that {@link Pop3Client#sizes()} and {@link Pop3Client#uids()} accept.
   *
   * @return 1 or more
   */
  public int maxMails() {
    return maxMails;
  }

  /**
   * The most bytes of one mail.
   *
   * @return 1 or more
   */
  public long maxMailBytes() {
    return maxMailBytes;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "maxMails " + maxMails + ", maxMailBytes " + maxMailBytes + ", " + super.toString();
  }

  /** Builds {@link Pop3Options}. Not thread-safe. */
  public static final class Builder extends ProtocolOptions.Builder<Builder> {
    private int maxMails = MAX_MAILS;
    private long maxMailBytes = MAX_MAIL_BYTES;

    private Builder() {
      super(LineOptions.standard(), TlsPolicy.REQUIRED);
    }

    private Builder(Pop3Options options) {
      super(options);
      maxMails = options.maxMails;
      maxMailBytes = options.maxMailBytes;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * The most mails that {@link Pop3Client#sizes()} and {@link Pop3Client#uids()} accept.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxMails(int value) {
      maxMails = Bounds.check("maxMails", value);
      return this;
    }

    /**
     * The most bytes in one mail, including line ends, even if it is read as a stream.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxMailBytes(long value) {
      maxMailBytes = Bounds.check("maxMailBytes", value);
      return this;
    }

    /** {@return the options} */
    public Pop3Options build() {
      return new Pop3Options(this);
    }
  }
}
