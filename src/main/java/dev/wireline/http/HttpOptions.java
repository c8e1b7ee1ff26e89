package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.RequestFields;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link HttpClient} or {@link HttpAgent}: the dialer, the version, timeouts and limits.
 * Immutable.
 */
public final class HttpOptions {
  /** The default timeout of a call that is read whole: 5 min. */
  public static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);

  /** The default time from the first byte of a response head to its last: 30 s. */
  public static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

  /** The default limit of bytes in a response head, status line and header fields: 64 KiB. */
  public static final int MAX_HEAD_BYTES = 64 * 1024;

  /** The default limit of header fields, and of trailer fields, of a response: 200. */
  public static final int MAX_HEADERS = 200;

  /** The default limit of interim (1xx) responses before the final one: 100. */
  public static final int MAX_INTERIM_RESPONSES = 100;

  /** The default limit of bytes that {@code text()} and {@code bytes()} read: 64 MiB. */
  public static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  /** The default time for which a body waits for a 100 (Continue): 1 s. */
  public static final Duration CONTINUE_TIMEOUT = Duration.ofSeconds(1);

  static final String USER_AGENT = "User-Agent";

  private static final HttpOptions STANDARD = builder().build();

  private final Dialer dialer;
  private final HttpVersion version;
  private final boolean keepAlive;
  private final boolean halfClose;
  private final Duration callTimeout;
  private final Duration headTimeout;
  private final Duration continueTimeout;
  private final @Nullable InterimListener interimListener;
  private final String userAgent;
  private final Headers headers;
  private final int leastBytes;
  private final Duration leastWindow;
  private final int maxHeadBytes;
  private final int maxHeaders;
  private final int maxInterimResponses;
  private final int maxBodyBytes;
  private final Set<Leniency> leniencies;

  private HttpOptions(Builder builder) {
    this.dialer = builder.dialer;
    this.version = builder.version;
    this.keepAlive = builder.keepAlive;
    this.halfClose = builder.halfClose;
    this.callTimeout = builder.callTimeout;
    this.headTimeout = builder.headTimeout;
    this.continueTimeout = builder.continueTimeout;
    this.interimListener = builder.interimListener;
    this.userAgent = builder.userAgent;
    this.headers = builder.headers;
    this.leastBytes = builder.leastBytes;
    this.leastWindow = builder.leastWindow;
    this.maxHeadBytes = builder.maxHeadBytes;
    this.maxHeaders = builder.maxHeaders;
    this.maxInterimResponses = builder.maxInterimResponses;
    this.maxBodyBytes = builder.maxBodyBytes;
    this.leniencies = Collections.unmodifiableSet(EnumSet.copyOf(builder.leniencies));
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static HttpOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    Builder builder = new Builder()
        .dialer(dialer)
        .version(version)
        .keepAlive(keepAlive)
        .halfClose(halfClose)
        .callTimeout(callTimeout)
        .headTimeout(headTimeout)
        .continueTimeout(continueTimeout)
        .maxHeadBytes(maxHeadBytes)
        .maxHeaders(maxHeaders)
        .maxInterimResponses(maxInterimResponses)
        .maxBodyBytes(maxBodyBytes);
    builder.interimListener = interimListener;
    builder.userAgent = userAgent;
    builder.headers = headers;
    builder.leastBytes = leastBytes;
    builder.leastWindow = leastWindow;
    builder.leniencies.addAll(leniencies);
    return builder;
  }

  LineOptions forLines() {
    return LineOptions.builder().dialer(dialer).build();
  }

  /**
   * How connections are made.
   *
   * @return the dialer
   */
  public Dialer dialer() {
    return dialer;
  }

  /**
   * The version that is spoken.
   *
   * @return the version
   */
  public HttpVersion version() {
    return version;
  }

  /**
   * Whether connections are kept alive for the next request.
   *
   * @return true unless it was turned off, or the output is closed after each request
   */
  public boolean keepAlive() {
    return keepAlive && !halfClose;
  }

  /**
   * Whether the output is closed after each request (a half-close).
   *
   * @return false unless that was set
   */
  public boolean halfClose() {
    return halfClose;
  }

  /**
   * The timeout of a whole call.
   *
   * @return more than zero
   */
  public Duration callTimeout() {
    return callTimeout;
  }

  /**
   * The longest time from the first byte of a response head to its last.
   *
   * @return more than zero
   */
  public Duration headTimeout() {
    return headTimeout;
  }

  /**
   * How long a body waits for the 100 (Continue) that its request asked for.
   *
   * @return more than zero
   */
  public Duration continueTimeout() {
    return continueTimeout;
  }

  /**
   * The value of User-Agent.
   *
   * @return the value; an empty string if the field is not sent
   */
  public String userAgent() {
    return userAgent;
  }

  /**
   * The default fields, which each request gets unless it has one of that name.
   *
   * @return the fields, without User-Agent
   */
  public Headers headers() {
    return headers;
  }

  @Nullable
  InterimListener interimListener() {
    return interimListener;
  }

  /** The least rate of a streamed body, or null. */
  @Nullable
  BodyPace pace() {
    return leastBytes == 0 ? null : new BodyPace(leastBytes, leastWindow);
  }

  /**
   * The most bytes of a response head.
   *
   * @return 64 or more
   */
  public int maxHeadBytes() {
    return maxHeadBytes;
  }

  /**
   * The most header fields of a response.
   *
   * @return 1 or more
   */
  public int maxHeaders() {
    return maxHeaders;
  }

  /**
   * The most interim responses before the final one.
   *
   * @return 0 or more
   */
  public int maxInterimResponses() {
    return maxInterimResponses;
  }

  /**
   * The most bytes that {@code text()} and {@code bytes()} read.
   *
   * @return 1 or more
   */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  /**
   * Which faults of responses are tolerated.
   *
   * @return unmodifiable; empty unless some were set
   */
  public Set<Leniency> leniencies() {
    return leniencies;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    String rate = leastBytes == 0 ? "none" : leastBytes + " in " + TimeText.of(leastWindow);
    return version + ", keepAlive " + keepAlive() + ", halfClose " + halfClose
        + ", callTimeout " + TimeText.of(callTimeout) + ", headTimeout " + TimeText.of(headTimeout)
        + ", continueTimeout " + TimeText.of(continueTimeout) + ", leastRate " + rate
        + ", maxHeadBytes " + maxHeadBytes + ", maxHeaders " + maxHeaders
        + ", maxInterimResponses " + maxInterimResponses + ", maxBodyBytes " + maxBodyBytes
        + ", userAgent " + (userAgent.isEmpty() ? "none" : userAgent)
        + ", headers " + headers.names()
        + (leniencies.isEmpty() ? "" : ", leniencies " + leniencies) + "; " + dialer;
  }

  /** Builds {@link HttpOptions}. Not thread-safe. */
  public static final class Builder {
    private Dialer dialer = Dialer.standard();
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private boolean keepAlive = true;
    private boolean halfClose;
    private Duration callTimeout = CALL_TIMEOUT;
    private Duration headTimeout = HEAD_TIMEOUT;
    private Duration continueTimeout = CONTINUE_TIMEOUT;
    private @Nullable InterimListener interimListener;
    private String userAgent = UserAgent.STANDARD;
    private Headers headers = Headers.empty();
    private int leastBytes;
    private Duration leastWindow = Duration.ZERO;
    private int maxHeadBytes = MAX_HEAD_BYTES;
    private int maxHeaders = MAX_HEADERS;
    private int maxInterimResponses = MAX_INTERIM_RESPONSES;
    private int maxBodyBytes = MAX_BODY_BYTES;
    private final Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);

    private Builder() {}

    /**
     * How connections are made; its silence timeout (read timeout) also bounds every wait for a byte.
     *
     * @param value the dialer
     * @return this
     */
    public Builder dialer(Dialer value) {
      dialer = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The version to speak; HTTP/1.1 unless set.
     *
     * @param value the version
     * @return this
     */
    public Builder version(HttpVersion value) {
      version = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Whether to keep connections alive for the next request; true unless set. Otherwise each request says
     * {@code Connection: close} (RFC 9112 section 9.6).
     *
     * @param value true to keep them
     * @return this
     */
    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    /**
     * Whether to close the output after each request (a half-close), for servers that wait for that; false
     * unless set. This turns keep-alive off.
     *
     * @param value true to close it
     * @return this
     */
    public Builder halfClose(boolean value) {
      halfClose = value;
      return this;
    }

    /**
     * The timeout of a whole call: dialling, the request, the response head, and the body if it is read whole,
     * by {@code text()} or {@code bytes()}. A streamed body is subject only to the silence timeout and the
     * {@link #leastRate}. Time that the caller spends between {@code send} and {@code text()} does not count.
     *
     * @param value more than zero
     * @return this
     */
    public Builder callTimeout(Duration value) {
      Objects.requireNonNull(value, "value");
      callTimeout = Bounds.positive("callTimeout", value);
      return this;
    }

    /**
     * The longest time from the first byte of a response head to its last.
     *
     * @param value more than zero
     * @return this
     */
    public Builder headTimeout(Duration value) {
      Objects.requireNonNull(value, "value");
      headTimeout = Bounds.positive("headTimeout", value);
      return this;
    }

    /**
     * How long a body waits for a 100 (Continue) if its request says {@code Expect: 100-continue} (RFC 9110,
     * section 10.1.1). After that the body is sent anyway, for servers that do not know the field.
     *
     * @param value more than zero
     * @return this
     */
    public Builder continueTimeout(Duration value) {
      Objects.requireNonNull(value, "value");
      continueTimeout = Bounds.positive("continueTimeout", value);
      return this;
    }

    /**
     * The least rate of a streamed body; none unless set. Within each such period at least so many bytes must
     * arrive, or the body must end; otherwise the read throws a {@link
     * dev.wireline.error.DeadlineExceededException} with the phase BODY. Only time spent waiting for the server
     * counts, not what the caller spends between two reads. A long period tolerates a network that stalls now
     * and then.
     *
     * @param bytes how many bytes, 1 to 2^30, counted as received, before decoding
     * @param within the period; more than zero
     * @return this
     */
    public Builder leastRate(int bytes, Duration within) {
      Objects.requireNonNull(within, "within");
      leastBytes = Bounds.inRange("leastRate", bytes, 1, 30);
      leastWindow = Bounds.positive("leastRate", within);
      return this;
    }

    /**
     * The listener for interim responses before the final one; none unless set.
     *
     * @param value the listener, shared by all clients with these options
     * @return this
     */
    public Builder interimListener(InterimListener value) {
      interimListener = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The value of User-Agent, unless a request has its own (RFC 9110, section 10.1.5); {@code Wireline/} and
     * the version unless set.
     *
     * @param value such as {@code harbour/1.0}; an empty string to send no such field
     * @return this
     * @throws IllegalArgumentException if it has a control or non-ASCII character
     */
    public Builder userAgent(String value) {
      Objects.requireNonNull(value, "value");
      userAgent = Headers.of(USER_AGENT, value).first(USER_AGENT).orElse("");
      return this;
    }

    /**
     * Adds a default field, for each request that has none of that name.
     *
     * @param name the name, a token
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if {@link HttpRequest#header} refuses it
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      return with(headers.with(name, value), name);
    }

    /**
     * As {@link #header}, with a value that never appears in a message or log. An {@link HttpAgent} sends it
     * only to the origin of its {@link HttpAgent.Builder#base}. The same goes for fields that are always
     * secret, such as Authorization.
     *
     * @param name the name, a token; the mark covers all fields of that name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if {@link HttpRequest#header} refuses it
     */
    public Builder secretHeader(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      return with(headers.withSecret(name, value), name);
    }

    private Builder with(Headers changed, String name) {
      RequestFields.check("GET", changed, name);
      headers = changed;
      return this;
    }

    /**
     * The most bytes of a response head, including line ends; also of a trailer section.
     *
     * @param value 64 to 2^30
     * @return this
     */
    public Builder maxHeadBytes(int value) {
      maxHeadBytes = Bounds.inRange("maxHeadBytes", value, 64, 30);
      return this;
    }

    /**
     * The most header fields of a response; also the most trailer fields.
     *
     * @param value 1 to 2^30
     * @return this
     */
    public Builder maxHeaders(int value) {
      maxHeaders = Bounds.inRange("maxHeaders", value, 1, 30);
      return this;
    }

    /**
     * The most interim responses before the final one.
     *
     * @param value 0 to 2^30
     * @return this
     */
    public Builder maxInterimResponses(int value) {
      maxInterimResponses = Bounds.inRange("maxInterimResponses", value, 0, 30);
      return this;
    }

    /**
     * The most bytes that {@code text()} and {@code bytes()} read.
     *
     * @param value 1 to 2^30
     * @return this
     */
    public Builder maxBodyBytes(int value) {
      maxBodyBytes = Bounds.inRange("maxBodyBytes", value, 1, 30);
      return this;
    }

    /**
     * Tolerates one more fault in responses; none is tolerated unless set.
     *
     * @param value the fault
     * @return this
     */
    public Builder allow(Leniency value) {
      leniencies.add(Objects.requireNonNull(value, "value"));
      return this;
    }

    /** {@return the options} */
    public HttpOptions build() {
      return new HttpOptions(this);
    }
  }
}
