package dev.wireline.nntp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.internal.Bounds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.TlsPolicy;

/**
 * The settings of an {@link NntpClient}: the common ones, limits, and the client's role. Immutable.
 *
 * <p>Unless a policy is set, TLS is used if the server offers it. Unless line options are set, a line that is
 * not UTF-8 is read as ISO-8859-1, since old articles have either.
 */
public final class NntpOptions extends ProtocolOptions {
  /** The default limit of entries in one list: 500000. */
  public static final int MAX_ENTRIES = 500_000;

  /** The default limit of bytes in one article: 256 MiB. */
  public static final long MAX_ARTICLE_BYTES = 256L << 20;

  private static final NntpOptions STANDARD = builder().build();

  private final int maxEntries;
  private final long maxArticleBytes;
  private final boolean transit;

  private NntpOptions(Builder builder) {
    super(builder);
    this.maxEntries = builder.maxEntries;
    this.maxArticleBytes = builder.maxArticleBytes;
    this.transit = builder.transit;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static NntpOptions standard() {
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
   * The most entries of a list that is kept in memory.
   *
   * @return 1 or more
   */
  public int maxEntries() {
    return maxEntries;
  }

  /**
   * The most bytes of one article.
   *
   * @return 1 or more
   */
  public long maxArticleBytes() {
    return maxArticleBytes;
  }

  /**
   * Whether the client is a news server, which relays articles.
   *
   * @return false for a reader
   */
  public boolean transit() {
    return transit;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "maxEntries " + maxEntries + ", maxArticleBytes " + maxArticleBytes
        + (transit ? ", transit" : "") + ", " + super.toString();
  }

  /** Builds {@link NntpOptions}. Not thread-safe. */
  public static final class Builder extends ProtocolOptions.Builder<Builder> {
    private int maxEntries = MAX_ENTRIES;
    private long maxArticleBytes = MAX_ARTICLE_BYTES;
    private boolean transit;

    private Builder() {
      super(LineOptions.builder().fallbackCharset(ISO_8859_1).build(), TlsPolicy.IF_OFFERED);
    }

    private Builder(NntpOptions options) {
      super(options);
      maxEntries = options.maxEntries;
      maxArticleBytes = options.maxArticleBytes;
      transit = options.transit;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * The most entries of a list that is kept in memory: groups, numbers, overviews, message ids.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxEntries(int value) {
      maxEntries = Bounds.check("maxEntries", value);
      return this;
    }

    /**
     * The most bytes in one article, including line ends, even if it is read as a stream.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxArticleBytes(long value) {
      maxArticleBytes = Bounds.check("maxArticleBytes", value);
      return this;
    }

    /**
     * Whether the client is a news server, which relays articles by {@link NntpClient#ihave}: it never sends
     * {@code MODE READER}, after which some servers accept none (RFC 3977, section 3.4.2). False unless set.
     *
     * @param value true for a news server, false for a reader
     * @return this
     */
    public Builder transit(boolean value) {
      transit = value;
      return this;
    }

    /** {@return the options} */
    public NntpOptions build() {
      return new NntpOptions(this);
    }
  }
}
