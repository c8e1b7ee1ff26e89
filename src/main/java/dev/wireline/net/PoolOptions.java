package dev.wireline.net;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;

/** The bounds of a pool of connections: how many, and for how long. Immutable; thread-safe. */
public final class PoolOptions {
  /** The most connections in use to one endpoint unless set otherwise: 32. */
  public static final int MAX_PER_ENDPOINT = 32;

  /** The most connections in all, in use and kept, unless set otherwise: 256. */
  public static final int MAX_CONNECTIONS = 256;

  /** How long a connection is kept without being used unless another time is set: 60 s. */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** How long a connection is used again and again unless another time is set: 10 min. */
  public static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  /** The wait for a free connection unless another time is set: 30 s. */
  public static final Duration WAIT_TIMEOUT = Duration.ofSeconds(30);

  private static final PoolOptions STANDARD = builder().build();

  private final int maxPerEndpoint;
  private final int maxConnections;
  private final Duration idleTimeout;
  private final Duration timeToLive;
  private final Duration waitTimeout;

  private PoolOptions(Builder builder) {
    this.maxPerEndpoint = builder.maxPerEndpoint;
    this.maxConnections = builder.maxConnections;
    this.idleTimeout = builder.idleTimeout;
    this.timeToLive = builder.timeToLive;
    this.waitTimeout = builder.waitTimeout;
  }

  /**
   * The documented defaults.
   *
   * @return the options, the same ones each time
   */
  public static PoolOptions standard() {
    return STANDARD;
  }

  /**
   * Options of one's own.
   *
   * @return a builder that starts at the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Options that differ from these.
   *
   * @return a builder that starts at these settings
   */
  public Builder toBuilder() {
    return new Builder()
        .maxPerEndpoint(maxPerEndpoint)
        .maxConnections(maxConnections)
        .idleTimeout(idleTimeout)
        .timeToLive(timeToLive)
        .waitTimeout(waitTimeout);
  }

  /**
   * The most connections in use to one endpoint.
   *
   * @return 1 or more
   */
  public int maxPerEndpoint() {
    return maxPerEndpoint;
  }

  /**
   * The most connections in all, in use and kept.
   *
   * @return 1 or more
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * How long a connection is kept without being used.
   *
   * @return more than zero
   */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * How long a connection is used again and again.
   *
   * @return more than zero
   */
  public Duration timeToLive() {
    return timeToLive;
  }

  /**
   * The wait for a free connection.
   *
   * @return more than zero
   */
  public Duration waitTimeout() {
    return waitTimeout;
  }

  /**
   * The settings.
   *
   * @return a text for a reader
   */
  @Override
  public String toString() {
    return "maxPerEndpoint " + maxPerEndpoint + ", maxConnections " + maxConnections
        + ", idleTimeout " + TimeText.of(idleTimeout) + ", timeToLive " + TimeText.of(timeToLive)
        + ", waitTimeout " + TimeText.of(waitTimeout);
  }

  /** Builds {@link PoolOptions}. Not thread-safe. */
  public static final class Builder {
    private int maxPerEndpoint = MAX_PER_ENDPOINT;
    private int maxConnections = MAX_CONNECTIONS;
    private Duration idleTimeout = IDLE_TIMEOUT;
    private Duration timeToLive = TIME_TO_LIVE;
    private Duration waitTimeout = WAIT_TIMEOUT;

    private Builder() {}

    /**
     * The most connections in use to one endpoint; who wants one more waits. A proxy that passes requests
     * on is one endpoint, for all the origins behind it.
     *
     * @param value 1 to 2^20
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxPerEndpoint(int value) {
      maxPerEndpoint = Bounds.inRange("maxPerEndpoint", value, 1, 20);
      return this;
    }

    /**
     * The most connections in all, in use and kept; for one more the longest unused is closed, and
     * where all are in use, who wants it waits.
     *
     * @param value 1 to 2^20
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxConnections(int value) {
      maxConnections = Bounds.inRange("maxConnections", value, 1, 20);
      return this;
    }

    /**
     * How long a connection is kept without being used.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder idleTimeout(Duration value) {
      Objects.requireNonNull(value, "value");
      idleTimeout = Bounds.positive("idleTimeout", value);
      return this;
    }

    /**
     * How long after its dial a connection may be used again, so that a change of addresses is noticed.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder timeToLive(Duration value) {
      Objects.requireNonNull(value, "value");
      timeToLive = Bounds.positive("timeToLive", value);
      return this;
    }

    /**
     * The longest wait for a free connection.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder waitTimeout(Duration value) {
      Objects.requireNonNull(value, "value");
      waitTimeout = Bounds.positive("waitTimeout", value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public PoolOptions build() {
      return new PoolOptions(this);
    }
  }
}
