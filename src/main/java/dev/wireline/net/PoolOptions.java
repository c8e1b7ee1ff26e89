package dev.wireline.net;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;

/** The limits of a connection pool: how many connections, and for how long. Immutable; thread-safe. */
public final class PoolOptions {
  /** The default limit of connections in use to one endpoint: 32. */
  public static final int MAX_PER_ENDPOINT = 32;

  /** The default limit of connections in all, in use and idle: 256. */
  public static final int MAX_CONNECTIONS = 256;

  /** The default time for which an idle connection is kept: 60 s. */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** The default time after its dial during which a connection is reused: 10 min. */
  public static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  /** The default longest wait for a free connection: 30 s. */
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
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static PoolOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
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
   * The most connections in all, in use and idle.
   *
   * @return 1 or more
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * How long an idle connection is kept.
   *
   * @return more than zero
   */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * How long after its dial a connection is reused.
   *
   * @return more than zero
   */
  public Duration timeToLive() {
    return timeToLive;
  }

  /**
   * The longest wait for a free connection.
   *
   * @return more than zero
   */
  public Duration waitTimeout() {
    return waitTimeout;
  }

  /** {@return the settings, as text for people} */
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
     * The most connections in use to one endpoint; a caller that needs one more waits. A proxy that forwards
     * requests is one endpoint, for all the origins that it reaches.
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
     * The most connections in all, in use and idle. For one more, the one that has been idle longest is closed;
     * if all are in use, the caller waits.
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
     * How long an idle connection is kept.
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
     * How long after its dial a connection may be reused, so that a change of addresses is noticed.
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

    /** {@return the options} */
    public PoolOptions build() {
      return new PoolOptions(this);
    }
  }
}
