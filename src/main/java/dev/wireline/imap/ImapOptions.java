package dev.wireline.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.internal.Bounds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.TlsPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of an {@link ImapClient}: the common ones, limits, and how it idles. Immutable.
 *
 * <p>Unless a policy is set, TLS is required, except for a server on this host. A line may have {@value
 * #MAX_LINE_BYTES} bytes, more than in other protocols, since a server answers a search in one line; and bytes
 * that are not UTF-8 are read as ISO-8859-1.
 */
public final class ImapOptions extends ProtocolOptions {
  /** The longest line, unless other line options are set: 1 MiB. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  /** The default limit of bytes of one response in memory: 4 MiB. */
  public static final int MAX_RESPONSE_BYTES = 4 << 20;

  /** The default limit of responses to one command: 1000000. */
  public static final int MAX_RESPONSES = 1_000_000;

  /** The default limit of bytes in a section that is read as a stream: 256 MiB. */
  public static final long MAX_MAIL_BYTES = 256L << 20;

  /** The default time after which IDLE is renewed: 9 minutes, before a network on the way forgets the connection. */
  public static final Duration IDLE_RENEWAL = Duration.ofMinutes(9);

  private static final ImapOptions STANDARD = builder().build();

  private final int maxResponseBytes;
  private final int maxResponses;
  private final long maxMailBytes;
  private final Duration idleRenewal;

  private ImapOptions(Builder builder) {
    super(builder);
    this.maxResponseBytes = builder.maxResponseBytes;
    this.maxResponses = builder.maxResponses;
    this.maxMailBytes = builder.maxMailBytes;
    this.idleRenewal = builder.idleRenewal;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static ImapOptions standard() {
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
   * The most bytes of one response in memory, its lines and literals together.
   *
   * @return 1 or more
   */
  public int maxResponseBytes() {
    return maxResponseBytes;
  }

  /**
   * The most responses to one command, including unsolicited ones.
   *
   * @return 1 or more
   */
  public int maxResponses() {
    return maxResponses;
  }

  /**
   * The most bytes of a section that is read as a stream.
   *
   * @return 1 or more
   */
  public long maxMailBytes() {
    return maxMailBytes;
  }

  /**
   * After how long IDLE is renewed.
   *
   * @return more than zero
   */
  public Duration idleRenewal() {
    return idleRenewal;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "maxResponseBytes " + maxResponseBytes + ", maxResponses " + maxResponses
        + ", maxMailBytes " + maxMailBytes + ", idleRenewal " + idleRenewal + ", "
        + super.toString();
  }

  /** Builds {@link ImapOptions}. Not thread-safe. */
  public static final class Builder extends ProtocolOptions.Builder<Builder> {
    private int maxResponseBytes = MAX_RESPONSE_BYTES;
    private int maxResponses = MAX_RESPONSES;
    private long maxMailBytes = MAX_MAIL_BYTES;
    private Duration idleRenewal = IDLE_RENEWAL;

    private Builder() {
      super(
          LineOptions.builder()
              .maxLineBytes(MAX_LINE_BYTES)
              .fallbackCharset(ISO_8859_1)
              .build(),
          TlsPolicy.REQUIRED);
    }

    private Builder(ImapOptions options) {
      super(options);
      maxResponseBytes = options.maxResponseBytes;
      maxResponses = options.maxResponses;
      maxMailBytes = options.maxMailBytes;
      idleRenewal = options.idleRenewal;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * The most bytes of one response in memory, its lines and literals together.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxResponseBytes(int value) {
      maxResponseBytes = Bounds.check("maxResponseBytes", value);
      return this;
    }

    /**
     * The most responses to one command, including unsolicited ones; a fetch has one per message.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxResponses(int value) {
      maxResponses = Bounds.check("maxResponses", value);
      return this;
    }

    /**
     * The most bytes of a section that is read as a stream.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxMailBytes(long value) {
      maxMailBytes = Bounds.check("maxMailBytes", value);
      return this;
    }

    /**
     * After how long IDLE is renewed, which also detects a dead connection; RFC 2177 asks for less than 29
     * minutes.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder idleRenewal(Duration value) {
      idleRenewal = Bounds.positive("idleRenewal", Objects.requireNonNull(value, "value"));
      return this;
    }

    /** {@return the options} */
    public ImapOptions build() {
      return new ImapOptions(this);
    }
  }
}
