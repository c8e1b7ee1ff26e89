package dev.wireline.http;

import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.http.grammar.RetryAfter;
import dev.wireline.internal.TimeText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which requests are retried, and after what wait. Immutable.
 *
 * <p>There are no retries unless you ask for them. Regardless of these rules, an idempotent request on a reused
 * connection that the server closed before it answered is sent once more (RFC 9110 section 9.2.2).
 *
 * <p>With retries, a request is sent again if its connection could not be made (refused, no route, not found,
 * hung up or too slow while dialling, in TLS or with a proxy), because nothing of it has been sent. An
 * idempotent request is also sent again if the server hung up before the first byte of its response, or
 * answered with a status that invites a retry. Any other request may already have been carried out by then, so
 * it is retried only if it was made {@link HttpRequest#idempotent}. A one-shot body is never sent again once a
 * byte of it has been read.
 *
 * <p>Each wait that the server has not asked for is randomized between half and the whole of it, so that a
 * thousand clients do not come back at the same moment.
 */
public final class RetryRules {
  /** The default limit of retries of one request: 0. */
  public static final int MAX_RETRIES = 0;

  /** The default wait before the first retry: 500 ms. It doubles with each further one. */
  public static final Duration FIRST_WAIT = Duration.ofMillis(500);

  /** The default longest wait before a retry: 30 s. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private static final int MOST = 20;
  private static final RetryRules NONE = builder().build();

  private final int maxRetries;
  private final Set<Integer> statuses;
  private final Duration firstWait;
  private final Duration maxWait;

  private RetryRules(Builder builder) {
    this.maxRetries = builder.maxRetries;
    this.statuses = Set.copyOf(builder.statuses);
    this.firstWait = builder.firstWait;
    this.maxWait = builder.maxWait;
  }

  /**
   * No retries: the default.
   *
   * @return the rules, the same instance each time
   */
  public static RetryRules none() {
    return NONE;
  }

  /** {@return a builder that starts at no retries} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    Builder builder = new Builder().maxRetries(maxRetries).firstWait(firstWait).maxWait(maxWait);
    builder.statuses = statuses;
    return builder;
  }

  int maxRetries() {
    return maxRetries;
  }

  /**
   * How long to wait before a request is sent again after a failure; empty if it is not.
   *
   * @param chance from 0, the shortest wait, to 1, the longest
   */
  Optional<Duration> afterFailure(
      HttpRequest request, IOException failure, int retries, double chance) {
    if (retries >= maxRetries) {
      return Optional.empty();
    }
    boolean nothingLeft = isNotConnected(failure);
    boolean again = nothingLeft || (request.isReplayable() && isUnanswered(failure));
    return again ? Optional.of(backOff(retries, chance)) : Optional.empty();
  }

  /** Whether there was never a connection on which a byte of the request could have been sent. */
  private static boolean isNotConnected(IOException failure) {
    if (failure instanceof DeadlineExceededException late) {
      String setting = late.setting().orElse("");
      return setting.equals("connectTimeout") || setting.equals("tlsTimeout");
    }
    if (failure instanceof ConnectionClosedException closed) {
      return closed.phase() == Phase.PROXY || closed.phase() == Phase.TLS;
    }
    return failure instanceof ConnectFailedException;
  }

  private static boolean isUnanswered(IOException failure) {
    return failure instanceof ConnectionClosedException closed
        && (closed.phase() == Phase.HEAD || closed.phase() == Phase.WRITE)
        && closed.received().length == 0;
  }

  /** How long to wait before a request is sent again after a response; empty if it is not. */
  Optional<Duration> afterResponse(HttpResponse response, Instant now, int retries, double chance) {
    HttpRequest request = response.request();
    boolean again = statuses.contains(response.status()) && request.isReplayable();
    if (retries >= maxRetries || !again) {
      return Optional.empty();
    }
    Optional<Duration> said =
        response.header("Retry-After").flatMap(value -> RetryAfter.parse(value, now));
    return said.isPresent()
        ? said.filter(wait -> wait.compareTo(maxWait) <= 0)
        : Optional.of(backOff(retries, chance));
  }

  /** The wait: half of it is fixed, plus the fraction {@code chance} of the other half, 0 to 1. */
  private Duration backOff(int retries, double chance) {
    Duration whole = whole(retries);
    Duration half = whole.dividedBy(2);
    long free = TimeText.nanos(whole.minus(half));
    return half.plusNanos((long) (free * chance));
  }

  private Duration whole(int retries) {
    Duration half = maxWait.dividedBy(2);
    Duration wait = firstWait;
    for (int i = 0; i < retries; i++) {
      // Doubled only if the double still fits a Duration.
      wait = wait.compareTo(half) > 0 ? maxWait : wait.multipliedBy(2);
    }
    return wait.compareTo(maxWait) > 0 ? maxWait : wait;
  }

  /**
   * The rules, as text for people.
   *
   * @return a text
   */
  @Override
  public String toString() {
    return maxRetries == 0
        ? "no retries"
        : "at most " + maxRetries + " retries, also after " + new TreeSet<>(statuses);
  }

  /** Builds {@link RetryRules}. Not thread-safe. */
  public static final class Builder {
    private int maxRetries = MAX_RETRIES;
    private Set<Integer> statuses = Set.of(429, 503);
    private Duration firstWait = FIRST_WAIT;
    private Duration maxWait = MAX_WAIT;

    private Builder() {}

    /**
     * The most retries of one request; the count restarts after a redirect.
     *
     * @param value 0 to 20; 0 unless set
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxRetries(int value) {
      if (value < 0 || value > MOST) {
        throw new IllegalArgumentException("maxRetries must be 0 to " + MOST + ", not " + value);
      }
      maxRetries = value;
      return this;
    }

    /**
     * The statuses that invite a retry; 429 and 503 unless set.
     *
     * @param values the statuses; may be empty
     * @return this
     * @throws IllegalArgumentException if one of them is not 400 to 599
     */
    public Builder statuses(Set<Integer> values) {
      Objects.requireNonNull(values, "values");
      for (int value : values) {
        if (value < 400 || value > 599) {
          throw new IllegalArgumentException("a status to retry is 400 to 599, not " + value);
        }
      }
      statuses = Set.copyOf(values);
      return this;
    }

    /**
     * The longest wait before the first retry if the server does not name one; it doubles with each further
     * one.
     *
     * @param value zero or more
     * @return this
     * @throws IllegalArgumentException if the value is negative
     */
    public Builder firstWait(Duration value) {
      Objects.requireNonNull(value, "value");
      firstWait = notNegative("firstWait", value);
      return this;
    }

    /**
     * The longest wait before a retry. If a server asks for a longer one, or the call has less time left, the
     * caller gets its response.
     *
     * @param value zero or more
     * @return this
     * @throws IllegalArgumentException if the value is negative
     */
    public Builder maxWait(Duration value) {
      Objects.requireNonNull(value, "value");
      maxWait = notNegative("maxWait", value);
      return this;
    }

    /** {@return the rules} */
    public RetryRules build() {
      return new RetryRules(this);
    }

    private static Duration notNegative(String name, Duration value) {
      Objects.requireNonNull(value, name);
      if (value.isNegative()) {
        throw new IllegalArgumentException(name + " must not be negative, not " + value);
      }
      return value;
    }
  }
}
