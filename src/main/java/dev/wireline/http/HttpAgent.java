package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Backoff;
import dev.wireline.line.ProgressListener;
import dev.wireline.line.Transcript;
import dev.wireline.net.Deadline;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Tls;
import dev.wireline.pool.Visit;
import dev.wireline.pool.WirePool;
import dev.wireline.url.HttpUrl;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client for any origin, with a connection pool and no threads of its own.
 *
 * <pre>{@code
 * HttpAgent agent =
 *     HttpAgent.builder().credentials(origin, Credentials.bearer(token)).build();
 * String tides = agent.get(origin + "/tides").requireSuccess().text();
 * agent.close(); // when the program ends
 * }</pre>
 *
 * <p>A call passes through the agent's steps (interceptors) in this order, and the response comes back through
 * them:
 *
 * <ol>
 *   <li>the steps added with {@link Builder#step}, which see each call once
 *   <li>redirects, each of which passes through the steps that follow
 *   <li>retries, if configured
 *   <li>authentication, for origins that have credentials
 *   <li>cookies, if there is a jar
 *   <li>decompression
 *   <li>another attempt without {@code Expect}, if that was refused
 *   <li>the steps added with {@link Builder#connectionStep}, which see each request that goes to a server
 *   <li>the credentials for a proxy that forwards requests
 *   <li>the connection: from the pool, through a proxy if one was given
 * </ol>
 *
 * <p>Status is data: a response with 404 is a response. A body that is in memory already returns its connection
 * to the pool at once; any other does so when it has been read to its end. Give up a body that you do not want
 * with {@link HttpResponse#discard}. A response that becomes garbage before its body was read is found when the
 * agent is next used: its URL is logged as a warning and its connection is closed.
 *
 * <p>Immutable and thread-safe. Each call runs in the caller's thread, and so does the clean-up.
 */
public final class HttpAgent implements Closeable {
  private static final Activity CALLING = new Activity(Phase.CALL, "calling");

  private final HttpOptions options;
  private final @Nullable HttpUrl base;
  private final Headers headersForAll;
  private final CallListener listener;
  private final @Nullable Transcript transcript;
  private final WirePool pool;
  private final boolean ownsPool;
  private final Builder settings;
  private final List<Step> steps;
  private final InstantSource clock;
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean closed;

  private HttpAgent(Builder builder) {
    this.options = builder.options;
    this.base = builder.base;
    this.headersForAll = RedirectFields.withoutSecrets(options.headers());
    this.listener = builder.listener;
    this.transcript = builder.transcript;
    WirePool shared = builder.sharedPool;
    this.ownsPool = shared == null;
    this.pool = shared == null ? new WirePool(builder.pool) : shared;
    this.settings = builder.copy();
    this.steps = steps(builder, pool);
    this.clock = builder.clock;
  }

  private static List<Step> steps(Builder builder, WirePool pool) {
    List<Step> steps = new ArrayList<>(builder.steps);
    steps.add(new RedirectStep(builder.redirects));
    if (builder.retries.maxRetries() > 0) {
      steps.add(new RetryStep(builder.retries, builder.clock, HttpAgent::chance));
    }
    if (!builder.guards.isEmpty() || builder.netrc != null) {
      steps.add(new AuthenticationStep(new Guards(builder.guards, builder.netrc)));
    }
    CookieJar jar = builder.cookies;
    if (jar != null) {
      steps.add(new CookieStep(jar, builder.clock));
    }
    if (builder.decompression) {
      steps.add(new DecodingStep(builder.codings, builder.decodedLimits()));
    }
    steps.add(new ExpectationStep());
    steps.addAll(builder.connectionSteps);
    Routes routes =
        new Routes(builder.options.dialer(), builder.proxies, builder.tls, builder.transcript);
    steps.add(new ProxyStep(routes));
    steps.add(new ConnectionStep(pool, routes, builder.options, builder.transcript));
    return List.copyOf(steps);
  }

  /** The random part of a wait, 0 to 1. */
  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /**
   * Creates an agent with the default settings.
   *
   * @return an agent, which the caller closes
   */
  public static HttpAgent create() {
    return builder().build();
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts an agent that differs from this one. It has a pool of its own unless you call {@link
   * Builder#samePool}; steps, listeners, the cookie jar and the transcript are shared with this one.
   *
   * @return a builder that starts at the settings of this agent
   */
  public Builder toBuilder() {
    Builder builder = settings.copy();
    builder.origin = pool;
    return builder;
  }

  /**
   * Sends a GET request (RFC 9110 section 9.3.1).
   *
   * @param url the URL, as {@link #url} reads it
   * @return the response; its body may still be unread
   * @throws IllegalArgumentException if it is not a valid URL
   * @throws IOException as {@link #send}
   */
  public HttpResponse get(String url) throws IOException {
    Objects.requireNonNull(url, "url");
    return send(base == null ? HttpRequest.get(url) : HttpRequest.of("GET", url(url)));
  }

  /**
   * Sends a HEAD request (RFC 9110 section 9.3.2).
   *
   * @param url the URL, as {@link #url} reads it
   * @return the response, without a body
   * @throws IllegalArgumentException if it is not a valid URL
   * @throws IOException as {@link #send}
   */
  public HttpResponse head(String url) throws IOException {
    Objects.requireNonNull(url, "url");
    return send(base == null ? HttpRequest.head(url) : HttpRequest.of("HEAD", url(url)));
  }

  /**
   * Resolves a URL as this agent does, for requests with other methods: {@code HttpRequest.of("POST",
   * agent.url("items"))}.
   *
   * @param text a URL; if the agent has a {@link Builder#base}, also a reference such as {@code items/7} or
   *     {@code /status}, as {@link HttpUrl#resolve} reads it
   * @return the URL
   * @throws IllegalArgumentException if it is not a valid URL
   */
  public HttpUrl url(String text) {
    Objects.requireNonNull(text, "text");
    HttpUrl start = base;
    return start == null ? HttpUrl.parse(text) : start.resolve(text);
  }

  /** The request with its URL, and with the default fields. */
  private HttpRequest whole(HttpRequest request) {
    HttpUrl start = base;
    boolean isPath = request.url().isEmpty() && request.target().startsWith("/");
    HttpRequest whole = start != null && isPath
        ? request.at(HttpUrl.parse(start.origin() + request.target()))
        : request;
    boolean own = start != null && start.sameOrigin(Chain.checkUrl(whole));
    return whole.withDefaults(own ? options.headers() : headersForAll);
  }

  /**
   * Sends a request and reads the head of its response; follows redirects, retries and authenticates as
   * configured. Waits at most the call timeout in all: for a free connection, dialling, proxies, TLS, the
   * request, the head, redirects, retries and the pauses between them, and for the body if it is read whole.
   *
   * @param request the request, with a URL; a path is sent to the origin of the {@link Builder#base}
   * @return the response; its body may still be unread
   * @throws IllegalArgumentException if the request has no URL or contradicts itself; nothing was
   *     sent
   * @throws dev.wireline.error.ConnectFailedException if the server could not be reached
   * @throws dev.wireline.error.DeadlineExceededException at a timeout; with the phase POOL when no
   *     connection became free
   * @throws dev.wireline.error.ConnectionClosedException if the server hung up before the head was
   *     whole
   * @throws dev.wireline.error.PeerProtocolException if the response violates the protocol, or a redirect is
   *     refused
   * @throws dev.wireline.error.LimitExceededException if its head is too large, or there were too
   *     many redirects
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted while it waited
   * @throws ClientClosedException if the agent is closed, even meanwhile from another thread
   * @throws IOException in each of these cases; the connection is closed, and the agent stays usable
   */
  public HttpResponse send(HttpRequest request) throws IOException {
    return send(request, options.callTimeout());
  }

  /**
   * As {@link #send(HttpRequest)}, with a timeout for this call.
   *
   * @param request the request, with a URL
   * @param callTimeout the timeout of the whole call, in place of the options' one; more than zero
   * @return the response; its body may still be unread
   * @throws IllegalArgumentException as there, or if the timeout is not more than zero
   * @throws IOException as there
   */
  public HttpResponse send(HttpRequest request, Duration callTimeout) throws IOException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(callTimeout, "callTimeout");
    Duration time = Bounds.positive("callTimeout", callTimeout);
    return send(request, time, pool.everybody());
  }

  HttpResponse send(HttpRequest request, Duration time, Visit visit) throws IOException {
    HttpRequest whole = whole(request);
    HttpUrl url = Chain.checkUrl(whole);
    checkOpen(url.endpoint());
    Deadline deadline = options.dialer().deadline(time, Phase.CALL, "callTimeout");
    Call call = new Call(calls.incrementAndGet(), deadline, listener, visit);
    call.tell(CallEvent.Kind.STARTED, url, whole.method());
    try {
      HttpResponse response = new Chain(steps, call, url).proceed(whole);
      return response.attempts().isEmpty() ? made(response, call) : response;
    } catch (IOException | RuntimeException | Error e) {
      if (transcript != null && e instanceof WirelineException failure) {
        transcript.attachTo(failure);
      }
      tellFailed(call, url, e);
      throw e;
    }
  }

  /**
   * Receives server-sent events (SSE), reconnecting whenever the stream ends, with the waits of {@link
   * Backoff#standard()}, for as long as the server answers.
   *
   * @param request a request with a URL, whose body can be sent again. Unless it says otherwise, it accepts
   *     only events, and no cache keeps them. A Last-Event-ID in it is where the first connection resumes
   * @return the events, which connect when they are read; the caller closes them
   * @throws IllegalArgumentException if the request has no URL or its body cannot be sent again
   */
  public EventSource events(HttpRequest request) {
    return events(request, Backoff.standard());
  }

  /**
   * As {@link #events(HttpRequest)}, with waits of your choice.
   *
   * @param request as there
   * @param backoff the waits between two connections, unless the server asks for longer ones; its total is how
   *     long the server may be away
   * @return as there
   * @throws IllegalArgumentException as there
   */
  public EventSource events(HttpRequest request, Backoff backoff) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(backoff, "backoff");
    return new EventSource(
        new EventConnector(this, options.callTimeout(), new Visit(pool)),
        whole(request),
        backoff,
        clock);
  }

  /**
   * Downloads a document to a file, resuming where an earlier download stopped, perhaps in another process. The
   * file appears once it is complete. Until then its bytes are next to it in {@code .wireline-HASH.part}, with
   * their version in {@code .wireline-HASH-version.part}; HASH is derived from the file's name. A download is
   * resumed only if the server gave a strong validator and the document is unchanged; otherwise it starts over.
   *
   * <p>Each call makes one attempt, and leaves the part for the next one. A second download to the same file in
   * this process is refused; one in another process is not noticed. Waits for the heads of responses as {@link
   * #send(HttpRequest)} does, and for the body as long as it keeps coming.
   *
   * @param request a GET with a URL and without Range. Unless it says otherwise, it asks for no content coding,
   *     so that the parts fit together
   * @param file the file to write; an existing one is replaced
   * @throws IllegalArgumentException if the request is not such a GET, or the path has no file name
   * @throws HttpStatusException if the server answers with anything but success; the part stays
   * @throws dev.wireline.error.PeerProtocolException if what the server says of a part contradicts what it
   *     sends
   * @throws java.nio.file.FileSystemException if another download to the file has not ended
   * @throws IOException as {@link #send(HttpRequest)} and {@link HttpResponse#saveTo(Path)}; the part stays if
   *     it can be resumed
   */
  public void download(HttpRequest request, Path file) throws IOException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(file, "file");
    new ResumedDownload(this::send, whole(request), file, null).run();
  }

  /**
   * As {@link #download(HttpRequest, Path)}, and reports its progress.
   *
   * @param request as there
   * @param file as there
   * @param listener told of the progress, in this thread; the bytes of an earlier download count
   * @throws IllegalArgumentException as there
   * @throws IOException as there
   */
  public void download(HttpRequest request, Path file, ProgressListener listener)
      throws IOException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(listener, "listener");
    new ResumedDownload(this::send, whole(request), file, listener).run();
  }

  /** A step answered: the call is answered all the same. */
  private static HttpResponse made(HttpResponse response, Call call) {
    HttpUrl url = Chain.checkUrl(response.request());
    call.tell(CallEvent.Kind.ANSWERED, url, response.status());
    return response.inCall(response.request(), call.attempts());
  }

  /** An Error of a listener must not hide why the call failed. */
  private static void tellFailed(Call call, HttpUrl url, Throwable failure) {
    try {
      String message = String.valueOf(failure.getMessage());
      boolean own = failure instanceof WirelineException;
      call.tell(CallEvent.Kind.FAILED, url, own ? message : Quoted.printable(message));
    } catch (Error e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private void checkOpen(Endpoint endpoint) throws ClientClosedException {
    if (closed) {
      throw new ClientClosedException(endpoint, CALLING, "this agent was closed", null);
    }
  }

  /**
   * Closes the idle connections, for a program that will not use the agent for a while: since the agent has no
   * thread, they would otherwise stay open until it is next used. Connections in use go on.
   */
  public void closeIdle() {
    pool.closeIdle();
  }

  /**
   * The number of idle connections in the pool.
   *
   * @return the number now; those that a server has closed meanwhile count too
   */
  public int idleConnections() {
    return pool.idleConnections();
  }

  /**
   * The number of connections in use, including those of responses with an unread body.
   *
   * @return the number now
   */
  public int leasedConnections() {
    return pool.leasedConnections();
  }

  /** The pool, for tests. */
  WirePool pool() {
    return pool;
  }

  /**
   * Closes all connections, even those in use, and wakes every thread that waits; they get a {@link
   * ClientClosedException}. May be called from any thread, more than once. An agent that shares the pool of
   * another one leaves the connections alone and only accepts no more calls.
   */
  @Override
  public void close() {
    closed = true;
    if (ownsPool) {
      pool.close();
    }
  }

  /** Builds an {@link HttpAgent}. Not thread-safe. */
  public static final class Builder implements Cloneable {
    private HttpOptions options = HttpOptions.standard();
    private @Nullable HttpUrl base;
    private PoolOptions pool = PoolOptions.standard();
    private RedirectRules redirects = RedirectRules.standard();
    private RetryRules retries = RetryRules.none();
    private Proxies proxies = Proxies.none();
    private @Nullable CookieJar cookies;
    private Map<String, Guarded> guards = new HashMap<>();
    private @Nullable Netrc netrc;
    private Map<String, Tls> tls = new HashMap<>();
    private boolean decompression = true;
    private ContentCodings codings = ContentCodings.STANDARD;
    private long maxDecodedBytes = DecodedLimits.MAX_BYTES;
    private int maxDecodedRatio = DecodedLimits.MAX_RATIO;
    private CallListener listener = CallListener.NONE;
    private @Nullable Transcript transcript;
    private List<Step> steps = new ArrayList<>();
    private List<Step> connectionSteps = new ArrayList<>();
    private InstantSource clock = InstantSource.system();

    /** The pool of the agent that the builder comes from, and the same pool if it is to be used. */
    private @Nullable WirePool origin;

    private @Nullable WirePool sharedPool;

    private Builder() {}

    /** The same settings, which change apart from these. */
    private Builder copy() {
      try {
        Builder copy = (Builder) clone();
        copy.guards = new HashMap<>(guards);
        copy.tls = new HashMap<>(tls);
        copy.steps = new ArrayList<>(steps);
        copy.connectionSteps = new ArrayList<>(connectionSteps);
        copy.origin = null;
        copy.sharedPool = null;
        return copy;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    /**
     * Shares the connection pool, and its limits, of the agent that the builder comes from. The connections
     * live as long as that agent: close it last.
     *
     * @return this
     * @throws IllegalStateException if the builder does not come from {@link HttpAgent#toBuilder}
     */
    public Builder samePool() {
      if (origin == null) {
        throw new IllegalStateException("there is no agent whose pool this would be");
      }
      sharedPool = origin;
      return this;
    }

    /**
     * The options for connections and exchanges, such as timeouts and limits.
     *
     * @param value the options; their dialer is used for all origins
     * @return this
     */
    public Builder options(HttpOptions value) {
      options = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The base URL that references such as {@code get("items/7")} are resolved against; none unless set.
     *
     * @param url such as {@code https://api.example/v2/}; its path ends in a slash, since whatever follows the
     *     last slash is dropped when a reference is resolved (RFC 3986, section 5.2.3)
     * @return this
     * @throws IllegalArgumentException if it is not a valid URL, its path does not end in a slash, or it has
     *     user info, a query or a fragment
     */
    public Builder base(String url) {
      Objects.requireNonNull(url, "url");
      HttpUrl start = HttpUrl.parse(url);
      if (start.user().isPresent()) {
        throw new IllegalArgumentException("a base has no user info: give its credentials apart");
      }
      if (!start.path().endsWith("/") || !start.toString().equals(start.origin() + start.path())) {
        throw new IllegalArgumentException(
            "a base ends in a slash, without a query or fragment, and not as " + start.shown());
      }
      base = start;
      return this;
    }

    /**
     * The limits of the connection pool: how many connections, and for how long.
     *
     * @param value the limits
     * @return this
     */
    public Builder pool(PoolOptions value) {
      pool = Objects.requireNonNull(value, "value");
      sharedPool = null;
      return this;
    }

    /**
     * Which redirects are followed.
     *
     * @param value the rules; {@link RedirectRules#standard()} unless set
     * @return this
     */
    public Builder redirects(RedirectRules value) {
      redirects = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Which requests are retried.
     *
     * @param value the rules; {@link RetryRules#none()} unless set
     * @return this
     */
    public Builder retries(RetryRules value) {
      retries = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The proxies to use.
     *
     * @param value the proxies; {@link Proxies#none()} unless set, regardless of the environment
     * @return this
     */
    public Builder proxies(Proxies value) {
      proxies = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The cookie jar.
     *
     * @param jar the jar, or null (the default) neither to keep nor to send cookies
     * @return this
     */
    public Builder cookies(@Nullable CookieJar jar) {
      cookies = jar;
      return this;
    }

    /**
     * Credentials for one origin, such as basic auth. They are sent only to that origin, and not if a redirect
     * has led away from it and back.
     *
     * @param origin a URL of the origin, of which only scheme, host and port count
     * @param credentials the credentials, in place of earlier ones for that origin
     * @return this
     * @throws IllegalArgumentException if it is not a valid URL, or has user info
     */
    public Builder credentials(String origin, Credentials credentials) {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(credentials, "credentials");
      HttpUrl url = HttpUrl.parse(origin);
      if (url.user().isPresent()) {
        throw new IllegalArgumentException(
            "an origin has no user info: the credentials stand beside it");
      }
      guards.put(url.origin(), Guarded.origin(credentials));
      return this;
    }

    /**
     * Logins by host, for origins without {@link #credentials}. The {@code default} login is not used for an
     * origin that a redirect has led to from another.
     *
     * @param value the logins, in place of earlier ones, or null (the default) to read no file
     * @return this
     */
    public Builder netrc(@Nullable Netrc value) {
      netrc = value;
      return this;
    }

    /**
     * The TLS settings for one origin, in place of the dialer's, such as a client certificate for that origin
     * only. The certificate is not presented to a proxy on the way, nor to the origin itself if a redirect has
     * led away from it and back.
     *
     * <p>A client certificate in the dialer's settings is presented to the origin of a call, and not to another
     * one that a redirect leads to. Your own {@link javax.net.ssl.SSLContext} decides for itself what to
     * present to whom, so set one that has a key here, and not in the dialer.
     *
     * @param origin an https URL of the origin, of which only host and port count
     * @param settings the settings, in place of earlier ones for that origin
     * @return this
     * @throws IllegalArgumentException if it is not an https URL
     */
    public Builder tls(String origin, Tls settings) {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(settings, "settings");
      HttpUrl url = HttpUrl.parse(origin);
      if (!url.isSecure()) {
        throw new IllegalArgumentException(url.origin() + " has no TLS: an https origin has");
      }
      tls.put(url.origin(), settings);
      return this;
    }

    /**
     * Whether to offer content codings and to decompress bodies; true unless set.
     *
     * @param value false to get bodies as they come
     * @return this
     */
    public Builder decompression(boolean value) {
      decompression = value;
      return this;
    }

    /**
     * Adds a content coding, such as br or zstd from a library that has it. It is offered before the existing
     * ones.
     *
     * @param coding the coding
     * @return this
     * @throws IllegalArgumentException if its name is not a lower-case token, or is identity
     */
    public Builder contentCoding(ContentCoding coding) {
      Objects.requireNonNull(coding, "coding");
      codings = codings.with(coding);
      return this;
    }

    /**
     * The most bytes that a compressed body may decompress to.
     *
     * @param value 1 or more; 1 GiB unless set
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxDecodedBytes(long value) {
      maxDecodedBytes = new DecodedLimits(value, maxDecodedRatio).maxBytes();
      return this;
    }

    /**
     * The largest ratio of decompressed to compressed bytes; it applies after the first MiB.
     *
     * @param value 1 or more; 200 unless set
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxDecodedRatio(int value) {
      maxDecodedRatio = new DecodedLimits(maxDecodedBytes, value).maxRatio();
      return this;
    }

    private DecodedLimits decodedLimits() {
      return new DecodedLimits(maxDecodedBytes, maxDecodedRatio);
    }

    /**
     * Adds a listener that is told of the calls.
     *
     * @param value the listener
     * @return this
     */
    public Builder listener(CallListener value) {
      listener = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The transcript to record the heads of all requests and responses in, with secrets masked, and the lengths
     * of the bodies. Simultaneous calls are interleaved in it; a failure carries its last lines, whichever call
     * they belong to. It records neither dials nor the conversation with a proxy about a tunnel.
     *
     * @param value the transcript, as {@link Transcript#create()} makes it; none unless set
     * @return this
     */
    public Builder transcript(Transcript value) {
      transcript = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Adds an interceptor before all other steps. It sees each call once: the caller's request, and the
     * response that the caller gets. Steps added first are the outer ones.
     *
     * @param step the step
     * @return this
     */
    public Builder step(Step step) {
      steps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * Adds an interceptor right before the connection. It sees each request to a server, with the fields that
     * the other steps have added, and the response as it arrives. Steps added first are the outer ones.
     *
     * @param step the step
     * @return this
     */
    public Builder connectionStep(Step step) {
      connectionSteps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /** A clock that a test owns. */
    Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * Builds the agent.
     *
     * @return an agent, which the caller closes
     * @throws IllegalStateException if the options have a secret default field, which is for one origin only,
     *     and there is no {@link #base}
     */
    public HttpAgent build() {
      for (String name : base == null ? options.headers().names() : List.<String>of()) {
        if (options.headers().isSecret(name)) {
          throw new IllegalStateException(
              name + " is a secret, which an agent without a base would send to every origin");
        }
      }
      return new HttpAgent(this);
    }
  }
}
