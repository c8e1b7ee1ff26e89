package dev.wireline.ftp;

import dev.wireline.internal.Bounds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.net.Dialer;
import java.net.StandardSocketOptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link FtpClient}: the common ones, and how data is transferred. Immutable.
 *
 * <p>Unless a policy is set, TLS is used if the server offers it. Connections have TCP keep-alive, since the
 * control connection is idle during a long transfer; this includes connections of your own dialer, unless it
 * sets {@code SO_KEEPALIVE} itself.
 */
public final class FtpOptions extends ProtocolOptions {
  /** The default limit of entries in one folder: 100000. */
  public static final int MAX_ENTRIES = 100_000;

  /** The default limit of files and folders in one folder transfer: 100000. */
  public static final int MAX_FILES = 100_000;

  /** The default limit of depth in a folder transfer: 32. */
  public static final int MAX_DEPTH = 32;

  private static final FtpOptions STANDARD = builder().build();

  private final FtpMode mode;
  private final boolean protectData;
  private final Charset charset;
  private final ZoneId zone;
  private final @Nullable String virtualHost;
  private final int maxEntries;
  private final int maxFiles;
  private final int maxDepth;
  private final @Nullable Duration noopInterval;
  private final InstantSource clock;

  private FtpOptions(Builder builder) {
    super(builder);
    this.mode = builder.mode;
    this.protectData = builder.protectData;
    this.charset = builder.charset;
    this.zone = builder.zone;
    this.virtualHost = builder.virtualHost;
    this.maxEntries = builder.maxEntries;
    this.maxFiles = builder.maxFiles;
    this.maxDepth = builder.maxDepth;
    this.noopInterval = builder.noopInterval;
    this.clock = builder.clock;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static FtpOptions standard() {
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
   * Who opens data connections.
   *
   * @return the mode
   */
  public FtpMode mode() {
    return mode;
  }

  /**
   * Whether data is sent over TLS if commands are.
   *
   * @return true unless set otherwise
   */
  public boolean protectData() {
    return protectData;
  }

  /**
   * The charset of names for servers without UTF8.
   *
   * @return a charset that keeps ASCII as it is
   */
  public Charset charset() {
    return charset;
  }

  /**
   * The time zone of a server without MLSD.
   *
   * @return the zone of the times in its listings
   */
  public ZoneId zone() {
    return zone;
  }

  /**
   * The name sent to the server by HOST.
   *
   * @return the name; empty if none is sent
   */
  public Optional<String> virtualHost() {
    return Optional.ofNullable(virtualHost);
  }

  /**
   * The most entries that {@link FtpClient#list} accepts.
   *
   * @return 1 or more
   */
  public int maxEntries() {
    return maxEntries;
  }

  /**
   * The most files and folders in one folder transfer.
   *
   * @return 1 or more
   */
  public int maxFiles() {
    return maxFiles;
  }

  /**
   * How deep folders may be nested in a folder transfer.
   *
   * @return 1 or more; 1 for only the files in that folder
   */
  public int maxDepth() {
    return maxDepth;
  }

  /**
   * How often NOOP is sent during a transfer.
   *
   * @return the time between two; empty if none is sent
   */
  public Optional<Duration> noopInterval() {
    return Optional.ofNullable(noopInterval);
  }

  InstantSource clock() {
    return clock;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "mode " + mode + ", protectData " + protectData + ", charset " + charset + ", zone "
        + zone
        + (virtualHost == null ? "" : ", virtualHost " + virtualHost) + ", maxEntries " + maxEntries
        + ", maxFiles " + maxFiles + ", maxDepth " + maxDepth
        + (noopInterval == null ? "" : ", noopInterval " + noopInterval) + ", "
        + super.toString();
  }

  /** Builds {@link FtpOptions}. Not thread-safe. */
  public static final class Builder extends ProtocolOptions.Builder<Builder> {
    private FtpMode mode = FtpMode.PASSIVE;
    private boolean protectData = true;
    private Charset charset = StandardCharsets.ISO_8859_1;
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable String virtualHost;
    private int maxEntries = MAX_ENTRIES;
    private int maxFiles = MAX_FILES;
    private int maxDepth = MAX_DEPTH;
    private @Nullable Duration noopInterval;
    private InstantSource clock = InstantSource.system();

    private Builder() {
      super(LineOptions.standard(), TlsPolicy.IF_OFFERED);
    }

    private Builder(FtpOptions options) {
      super(options);
      mode = options.mode;
      protectData = options.protectData;
      charset = options.charset;
      zone = options.zone;
      virtualHost = options.virtualHost;
      maxEntries = options.maxEntries;
      maxFiles = options.maxFiles;
      maxDepth = options.maxDepth;
      noopInterval = options.noopInterval;
      clock = options.clock;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Who opens data connections; {@link FtpMode#PASSIVE} unless set.
     *
     * @param value the mode
     * @return this
     */
    public Builder mode(FtpMode value) {
      mode = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Whether data is sent over TLS if commands are; true unless set. Otherwise everybody on the way can read
     * and change it.
     *
     * @param value false for data in the clear
     * @return this
     */
    public Builder protectData(boolean value) {
      protectData = value;
      return this;
    }

    /**
     * The charset of names for servers without UTF8 (RFC 2640); ISO-8859-1 unless set, in which every name in a
     * listing can be sent back as it came. With servers that have UTF8, names are in UTF-8.
     *
     * @param value a charset that keeps ASCII as it is
     * @return this
     * @throws IllegalArgumentException if it does not
     */
    public Builder charset(Charset value) {
      charset = LineOptions.builder().charset(value).build().charset();
      return this;
    }

    /**
     * The time zone of a server without MLSD, whose listings name none; UTC unless set.
     *
     * @param value the zone
     * @return this
     */
    public Builder zone(ZoneId value) {
      zone = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The name to send by HOST before the login, for servers with virtual hosts (RFC 7151); none unless set.
     *
     * @param value a host name, without spaces
     * @return this
     * @throws IllegalArgumentException if it is empty, or has a space or a control character
     */
    public Builder virtualHost(String value) {
      virtualHost = Names.host(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The most entries that {@link FtpClient#list} accepts, and the most other lines that it skips.
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
     * The most files and folders in one folder transfer.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxFiles(int value) {
      maxFiles = Bounds.check("maxFiles", value);
      return this;
    }

    /**
     * How deep folders may be nested in a folder transfer.
     *
     * @param value 1 or more; 1 for only the files in that folder
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxDepth(int value) {
      maxDepth = Bounds.check("maxDepth", value);
      return this;
    }

    /**
     * Sends NOOP on the control connection now and then during a transfer; never unless set. For firewalls that
     * forget idle connections and ignore TCP keep-alive. The server must answer each NOOP, at once or after the
     * transfer; with one that does not, the client waits in vain for the end of the transfer.
     *
     * @param value the shortest time between two, more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public Builder noopInterval(Duration value) {
      noopInterval = Bounds.positive("noopInterval", Objects.requireNonNull(value, "value"));
      return this;
    }

    Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** {@return the options} */
    public FtpOptions build() {
      FtpOptions made = new FtpOptions(this);
      LineOptions lines = made.line();
      Dialer dialer = lines.dialer();
      if (dialer.option(StandardSocketOptions.SO_KEEPALIVE).isPresent()) {
        return made;
      }
      Dialer kept =
          dialer.toBuilder().option(StandardSocketOptions.SO_KEEPALIVE, true).build();
      return new FtpOptions(
          new Builder(made).line(lines.toBuilder().dialer(kept).build()));
    }
  }
}
