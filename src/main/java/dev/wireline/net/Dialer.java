package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.net.InetAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made: timeouts, TLS, name look-up, socket options, proxies.
 *
 * <pre>{@code
 * Dialer dialer = Dialer.builder()
 *     .connectTimeout(Duration.ofSeconds(3))
 *     .silenceTimeout(Duration.ofSeconds(10)) // what others call the read or socket timeout
 *     .build();
 * try (Wire wire = dialer.dial(endpoint)) {
 *   wire.output().write(42);
 * }
 * }</pre>
 *
 * <p>Immutable; thread-safe.
 */
public final class Dialer {
  /** The default time for name look-up, connecting and proxies together: 10 s. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** The default time for a TLS handshake: 10 s. */
  public static final Duration TLS_TIMEOUT = Duration.ofSeconds(10);

  /** The default time without a byte in the awaited direction: 30 s. */
  public static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

  private static final Dialer STANDARD = builder().build();

  private final Duration connectTimeout;
  private final Duration tlsTimeout;
  private final Duration silenceTimeout;
  private final Tls tls;
  private final @Nullable Tls proxyTls;
  private final @Nullable Resolver resolver;
  private final Resolver systemResolver;
  private final LongSupplier clock;
  private final SocketSettings socketSettings;
  private final List<Connector> connectors;

  private Dialer(Builder builder) {
    this.connectTimeout = builder.connectTimeout;
    this.tlsTimeout = builder.tlsTimeout;
    this.silenceTimeout = builder.silenceTimeout;
    this.tls = builder.tls;
    this.proxyTls = builder.proxyTls;
    this.resolver = builder.resolver;
    this.systemResolver = builder.systemResolver;
    this.clock = builder.clock;
    this.socketSettings = new SocketSettings(builder.localAddress, builder.options);
    this.connectors = List.copyOf(builder.connectors);
  }

  /**
   * The dialer with the documented defaults.
   *
   * @return the dialer, the same one each time
   */
  public static Dialer standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.connectTimeout = connectTimeout;
    builder.tlsTimeout = tlsTimeout;
    builder.silenceTimeout = silenceTimeout;
    builder.tls = tls;
    builder.proxyTls = proxyTls;
    builder.resolver = resolver;
    builder.systemResolver = systemResolver;
    builder.clock = clock;
    builder.localAddress = socketSettings.localAddress();
    builder.options.putAll(socketSettings.options());
    builder.connectors.addAll(connectors);
    return builder;
  }

  /**
   * A socket option for TCP connections.
   *
   * @param option the option
   * @param <T> the type of its value
   * @return the value that was set; empty if none was
   */
  public <T> Optional<T> option(SocketOption<T> option) {
    Objects.requireNonNull(option, "option");
    return Optional.ofNullable(socketSettings.options().get(option)).map(option.type()::cast);
  }

  /**
   * Connects. Waits for the name look-up, the connection and the handshake, until the connect or TLS timeout or
   * {@link Thread#interrupt()}. To cancel it from another thread, use {@link #wire} and close that.
   *
   * @param endpoint the peer
   * @return the open wire, which the caller closes
   * @throws WirelineException as {@link Wire#connect()}; nothing stays open
   */
  public Wire dial(Endpoint endpoint) throws WirelineException {
    Wire wire = wire(endpoint);
    wire.connect();
    return wire;
  }

  /**
   * Creates a wire that is not connected yet. Does no I/O.
   *
   * @param endpoint the peer
   * @return a wire for the caller to connect and close
   */
  public Wire wire(Endpoint endpoint) {
    return new Wire(this, endpoint);
  }

  /**
   * Creates a deadline from now, for work on connections of this dialer.
   *
   * @param time how long from now; zero or less is a deadline that has passed
   * @param limit the phase that the exception names when it runs out
   * @param setting the name of the setting that the time comes from, for the exception
   * @return the deadline
   */
  public Deadline deadline(Duration time, Phase limit, String setting) {
    return Deadline.after(clock, time, limit, setting);
  }

  /**
   * The time for name look-up, connecting and proxies together.
   *
   * @return more than zero
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * The time for a TLS handshake.
   *
   * @return more than zero
   */
  public Duration tlsTimeout() {
    return tlsTimeout;
  }

  /**
   * The longest time without a byte in the awaited direction.
   *
   * @return more than zero
   */
  public Duration silenceTimeout() {
    return silenceTimeout;
  }

  /**
   * The TLS settings.
   *
   * @return the settings
   */
  public Tls tls() {
    return tls;
  }

  /**
   * The TLS settings for proxies on the way.
   *
   * @return the settings
   */
  public Tls proxyTls() {
    return proxyTls == null ? tls.forProxy() : proxyTls;
  }

  @Nullable
  Resolver resolver() {
    return resolver;
  }

  /** The look-up that cannot be cancelled and therefore runs on a thread of its own. */
  Resolver systemResolver() {
    return systemResolver;
  }

  /** Nanoseconds since some moment. */
  LongSupplier clock() {
    return clock;
  }

  SocketSettings socketSettings() {
    return socketSettings;
  }

  List<Connector> connectors() {
    return connectors;
  }

  /**
   * The settings. Connectors are counted but not shown, as they may hold passwords.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "connectTimeout " + TimeText.of(connectTimeout) + ", tlsTimeout "
        + TimeText.of(tlsTimeout) + ", silenceTimeout " + TimeText.of(silenceTimeout) + ", tls ("
        + tls + "), connectors " + connectors.size();
  }

  /** Builds a {@link Dialer}. Not thread-safe. */
  public static final class Builder {
    private Duration connectTimeout = CONNECT_TIMEOUT;
    private Duration tlsTimeout = TLS_TIMEOUT;
    private Duration silenceTimeout = SILENCE_TIMEOUT;
    private Tls tls = Tls.standard();
    private @Nullable Tls proxyTls;
    private @Nullable Resolver resolver;
    private Resolver systemResolver = Lookup.SYSTEM;
    private LongSupplier clock = Deadline.SYSTEM_CLOCK;
    private @Nullable InetAddress localAddress;
    private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();
    private final List<Connector> connectors = new ArrayList<>();

    private Builder() {}

    /**
     * The time for name look-up, connecting and proxies together.
     *
     * @param time more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder connectTimeout(Duration time) {
      connectTimeout = Bounds.positive("connectTimeout", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * The time for a TLS handshake, at dialling and at STARTTLS.
     *
     * @param time more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder tlsTimeout(Duration time) {
      tlsTimeout = Bounds.positive("tlsTimeout", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * The longest time without a byte in the awaited direction before a read or a write gives up: the read
     * timeout or socket timeout of other libraries. Time that the caller spends between calls does not count.
     *
     * <p>For a write, the time counts from the last byte that the socket took. The system reports with a delay
     * what the peer has taken, so a write to a peer that stopped reading ends after one to two times this long.
     *
     * @param time more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder silenceTimeout(Duration time) {
      silenceTimeout = Bounds.positive("silenceTimeout", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * The TLS settings, for endpoints that ask for TLS and for STARTTLS.
     *
     * @param settings the settings
     * @return this
     */
    public Builder tls(Tls settings) {
      tls = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /**
     * The TLS settings for proxies on the way, if they differ from those for the peer: a client certificate
     * meant for the peer is not meant for them.
     *
     * @param settings the settings, or null for the peer's settings {@linkplain Tls#forProxy adapted to a
     *     proxy}
     * @return this
     */
    public Builder proxyTls(@Nullable Tls settings) {
      proxyTls = settings;
      return this;
    }

    /**
     * The name look-up to use.
     *
     * @param own the resolver, or null for the JDK's
     * @return this
     */
    public Builder resolver(@Nullable Resolver own) {
      resolver = own;
      return this;
    }

    /** Stands in for the JDK's look-up, which no test can make slow. */
    Builder systemResolver(Resolver system) {
      systemResolver = system;
      return this;
    }

    /** Stands in for the system's clock, which no test can stop. */
    Builder clock(LongSupplier nanos) {
      clock = nanos;
      return this;
    }

    /**
     * The local address to connect from. Peer addresses of the other family (IPv4 or IPv6) then fail.
     *
     * @param address an address of this host, or null for the system's choice
     * @return this
     */
    public Builder localAddress(@Nullable InetAddress address) {
      localAddress = address;
      return this;
    }

    /**
     * Sets a socket option for TCP connections. {@code TCP_NODELAY} is on unless set otherwise.
     *
     * @param option the option
     * @param value its value
     * @param <T> the type of its value
     * @return this
     */
    public <T> Builder option(SocketOption<T> option, T value) {
      options.put(Objects.requireNonNull(option, "option"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Adds a connector to the end of the chain, nearest to the target.
     *
     * @param connector the connector
     * @return this
     */
    public Builder connector(Connector connector) {
      connectors.add(Objects.requireNonNull(connector, "connector"));
      return this;
    }

    /** {@return the dialer} */
    public Dialer build() {
      return new Dialer(this);
    }
  }
}
