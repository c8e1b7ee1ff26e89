package dev.wireline.net;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link DatagramClient}: timeouts, attempts, the size of an answer. Immutable. */
public final class DatagramOptions {
  /** The default timeout of a whole call: 10 s. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /** The default wait after the first attempt: 1 s (RFC 8085, section 3.1.1). */
  public static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** The default longest wait between two attempts: 8 s. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(8);

  /** The default limit of attempts in a call: 4. */
  public static final int MAX_TRIES = 4;

  /**
   * The default limit of an answer in bytes: 1472, what one Ethernet frame carries over IPv4.
   */
  public static final int MAX_ANSWER_BYTES = 1472;

  /** The most bytes in a datagram over IPv4: 65535 minus 20 for its header and 8 for UDP's. */
  static final int MOST_BYTES = 65507;

  private static final int MOST_TRIES = 20;
  private static final DatagramOptions STANDARD = builder().build();

  private final Duration callTimeout;
  private final Duration firstWait;
  private final Duration maxWait;
  private final int maxTries;
  private final int maxAnswerBytes;
  private final Dialer lookup;

  private DatagramOptions(Builder builder) {
    this.callTimeout = builder.callTimeout;
    this.firstWait = builder.firstWait;
    this.maxWait = builder.maxWait;
    this.maxTries = builder.maxTries;
    this.maxAnswerBytes = builder.maxAnswerBytes;
    this.lookup = builder.lookup;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static DatagramOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.lookup = lookup;
    return builder
        .callTimeout(callTimeout)
        .firstWait(firstWait)
        .maxWait(maxWait)
        .maxTries(maxTries)
        .maxAnswerBytes(maxAnswerBytes);
  }

  /**
   * The timeout of a whole call: name look-up, all attempts, all waits.
   *
   * @return more than zero
   */
  public Duration callTimeout() {
    return callTimeout;
  }

  /**
   * The wait between the first and the second attempt; it doubles with each further one.
   *
   * @return more than zero
   */
  public Duration firstWait() {
    return firstWait;
  }

  /**
   * The longest wait between two attempts.
   *
   * @return more than zero
   */
  public Duration maxWait() {
    return maxWait;
  }

  /**
   * The most times the request is sent.
   *
   * @return 1 to 20
   */
  public int maxTries() {
    return maxTries;
  }

  /**
   * The longest answer accepted, in bytes.
   *
   * @return 1 to 65507
   */
  public int maxAnswerBytes() {
    return maxAnswerBytes;
  }

  /** A dialer that only looks names up. */
  Dialer lookup() {
    return lookup;
  }

  /** The wait after so many tries, 1 or more, in nanoseconds. */
  long waitNanos(int tries) {
    long longest = TimeText.nanos(maxWait);
    long wait = TimeText.nanos(firstWait);
    for (int i = 1; i < tries && wait < longest; i++) {
      wait = wait > longest / 2 ? longest : wait * 2;
    }
    return Math.min(wait, longest);
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "callTimeout " + TimeText.of(callTimeout) + ", firstWait " + TimeText.of(firstWait)
        + ", maxWait " + TimeText.of(maxWait) + ", maxTries " + maxTries + ", maxAnswerBytes "
        + maxAnswerBytes;
  }

  /** Builds {@link DatagramOptions}. Not thread-safe. */
  public static final class Builder {
    private Duration callTimeout = CALL_TIMEOUT;
    private Duration firstWait = FIRST_WAIT;
    private Duration maxWait = MAX_WAIT;
    private int maxTries = MAX_TRIES;
    private int maxAnswerBytes = MAX_ANSWER_BYTES;
    private Dialer lookup = Dialer.standard();

    private Builder() {}

    /**
     * The timeout of a whole call: name look-up, all attempts, all waits.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder callTimeout(Duration value) {
      callTimeout = Bounds.positive("callTimeout", Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The wait between the first and the second attempt; it doubles with each further one.
     *
     * @param value more than zero; limited to {@link #maxWait}
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public Builder firstWait(Duration value) {
      firstWait = Bounds.positive("firstWait", Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The longest wait between two attempts.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxWait(Duration value) {
      maxWait = Bounds.positive("maxWait", Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The most times the request is sent. After the last attempt the wait lasts until the call timeout;
     * attempts with an address that refused do not count.
     *
     * @param value 1 to 20; 1 for a request that must not be repeated
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxTries(int value) {
      if (value < 1 || value > MOST_TRIES) {
        throw new IllegalArgumentException(
            "maxTries must be 1 to " + MOST_TRIES + ", not " + value);
      }
      maxTries = value;
      return this;
    }

    /**
     * The longest answer accepted. A larger one fails the call, since its rest would be lost.
     *
     * @param value in bytes, 1 to 65507
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxAnswerBytes(int value) {
      if (value < 1 || value > MOST_BYTES) {
        throw new IllegalArgumentException(
            "maxAnswerBytes must be 1 to " + MOST_BYTES + ", not " + value);
      }
      maxAnswerBytes = value;
      return this;
    }

    /**
     * The name look-up to use.
     *
     * @param own the resolver, or null for the JDK's; it runs in the asking thread and must limit its own
     *     waits, since neither the call timeout nor a close ends it
     * @return this
     */
    public Builder resolver(@Nullable Resolver own) {
      lookup = lookup.toBuilder().resolver(own).build();
      return this;
    }

    /** Stands in for the JDK's look-up, which no test can make slow. */
    Builder systemResolver(Resolver system) {
      lookup = lookup.toBuilder().systemResolver(system).build();
      return this;
    }

    /** {@return the options} */
    public DatagramOptions build() {
      return new DatagramOptions(this);
    }
  }
}
