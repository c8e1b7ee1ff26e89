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
 * An HTTP/1.1 client of any origin, which keeps connections in a pool and has no thread.
 *
 * <pre>{@code
 * HttpAgent agent =
 *     HttpAgent.builder().credentials(origin, Credentials.bearer(token)).build();
 * String tides = agent.get(origin + "/tides").requireSuccess().text();
 * agent.close(); // when the program ends
 * }</pre>
 *
 * <p>A call goes through the agent's steps in this order, and the response comes back through them:
 *
 * <ol>
 *   <li>the steps that were added with {@link Builder#step}, which see a call once
 *   <li>redirects, each of which takes the way through the steps behind
 *   <li>retries, where asked for
 *   <li>authentication, for the origins that credentials were given for
 *   <li>cookies, where a jar was given
 *   <li>decompression
 *   <li>once more without {@code Expect} where that was refused
 *   <li>the steps that were added with {@link Builder#connectionStep}, which see what goes to a server
 *   <li>the credentials of a proxy that passes requests on
 *   <li>the connection: from the pool, through a proxy where one was given
 * </ol>
 *
 * <p>Status is data: a response with 404 is a response. A body that is in memory already gives its
 * connection back at once, another one when it is read to its end; one that is not wanted is given up
 * with {@link HttpResponse#discard}. A response that is garbage before its body was read is found when
 * the agent is used next: it is logged with its URL and its connection is closed.
 *
 * <p>Immutable and thread-safe. Each call runs in its own thread, and so does the clean-up.
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

  /** A part of a wait that is left to chance, 0 to 1. */
  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /**
   * An agent with the default settings.
   *
   * @return an agent, which the caller closes
   */
  public static HttpAgent create() {
    return builder().build();
  }

  /**
   * An agent of one's own settings.
   *
   * @return a builder that starts at the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Agents that differ from this one. Each has a pool of its own, unless {@link Builder#samePool} says
   * something else; steps, listeners, a cookie jar and a transcript are shared with this one.
   *
   * @return a builder that starts at the settings of this agent
   */
  public Builder toBuilder() {
    Builder builder = settings.copy();
    builder.origin = pool;
    return builder;
  }

  /**
   * Asks for a document.
   *
   * @param url the URL, as {@link #url} reads it
   * @return the response, its body perhaps still to be read
   * @throws IllegalArgumentException when it is no URL
   * @throws IOException as {@link #send}
   */
  public HttpResponse get(String url) throws IOException {
    Objects.requireNonNull(url, "url");
    return send(base == null ? HttpRequest.get(url) : HttpRequest.of("GET", url(url)));
  }

  /**
   * Asks for the head of a document.
   *
   * @param url the URL, as {@link #url} reads it
   * @return the response, without a body
   * @throws IllegalArgumentException when it is no URL
   * @throws IOException as {@link #send}
   */
  public HttpResponse head(String url) throws IOException {
    Objects.requireNonNull(url, "url");
    return send(base == null ? HttpRequest.head(url) : HttpRequest.of("HEAD", url(url)));
  }

  /**
   * The URL that a text means to this agent, for requests of other methods: {@code
   * HttpRequest.of("POST", agent.url("items"))}.
   *
   * @param text a URL; where the agent has a {@link Builder#base}, also a reference such as {@code
   *     items/7} or {@code /status}, which {@link HttpUrl#resolve} reads
   * @return the URL
   * @throws IllegalArgumentException when it is no URL
   */
  public HttpUrl url(String text) {
    Objects.requireNonNull(text, "text");
    HttpUrl start = base;
    return start == null ? HttpUrl.parse(text) : start.resolve(text);
  }

  /** The request with its URL, and with the fields that each request gets. */
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
   * Sends a request and reads the head of its response, following redirects and the like. Waits in all
   * at most the call timeout: for a free connection, dialling, proxies, TLS, request, head, redirects,
   * retries and the waits between them, and for the body where it is read whole.
   *
   * @param request the request, with a URL; a path goes to the origin of a {@link Builder#base}
   * @return the response, its body perhaps still to be read
   * @throws IllegalArgumentException when the request has no URL or contradicts itself; nothing was
   *     sent
   * @throws dev.wireline.error.ConnectFailedException when the server could not be reached
   * @throws dev.wireline.error.DeadlineExceededException at a timeout; with the phase POOL when no
   *     connection became free
   * @throws dev.wireline.error.ConnectionClosedException when the server hung up before the head was
   *     whole
   * @throws dev.wireline.error.PeerProtocolException when the response breaks the rules, or a redirect
   *     is refused
   * @throws dev.wireline.error.LimitExceededException when its head is too large, or there were too
   *     many redirects
   * @throws dev.wireline.error.CallInterruptedException when the thread was interrupted while it waited
   * @throws ClientClosedException when the agent is closed, also from another thread meanwhile
   * @throws IOException for each of these; the agent goes on, and the connection is closed
   */
  public HttpResponse send(HttpRequest request) throws IOException {
    return send(request, options.callTimeout());
  }

  /**
   * As {@link #send(HttpRequest)}, with a time of its own for the whole call.
   *
   * @param request the request, with a URL
   * @param callTimeout the time, in place of that of the options; more than zero
   * @return the response, its body perhaps still to be read
   * @throws IllegalArgumentException as there, and when the time is not more than zero
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
   * The events of a server, which is asked again whenever its stream ends: with the waits of {@link
   * Backoff#standard()}, and for as long as it answers.
   *
   * @param request a request with a URL, whose body can be sent again; unless it says something else, it accepts
   *     events alone, and no cache keeps them. A Last-Event-ID in it is where the first connection begins
   * @return the events, which connect when they are read; the caller closes them
   * @throws IllegalArgumentException when the request is another one
   */
  public EventSource events(HttpRequest request) {
    return events(request, Backoff.standard());
  }

  /**
   * As {@link #events(HttpRequest)}, with waits of one's own.
   *
   * @param request as there
   * @param backoff the waits between two connections, if the server does not want longer ones; its total is how
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
   * Downloads a document to a file, and goes on where an earlier download of it stopped, perhaps of another
   * process. The file appears when it is whole; until then its bytes are beside it, in a file {@code .wireline-HASH.part},
   * and {@code .wireline-HASH-version.part} says which version they are of; HASH is made of the file's name. They are gone on with only if the server has a
   * strong validator for them and the document is still the same; else the download starts anew.
   *
   * <p>Each call makes one try, and leaves the part to the next one. A second one to the same
   * file in this process is refused; nobody tells that of another process. Waits for the heads of responses as {@link #send(HttpRequest)}, and for the body as long as it
   * comes.
   *
   * @param request a GET with a URL and without Range; unless it says something else, it asks for no content
   *     coding, so that parts fit together
   * @param file the file to write; one that exists is replaced
   * @throws IllegalArgumentException when the request is another one, or the path has no file name
   * @throws HttpStatusException when the server answers with anything but a success; the part stays
   * @throws dev.wireline.error.PeerProtocolException when what the server says of a part contradicts what it
   *     sends
   * @throws java.nio.file.FileSystemException if another download to the file has not ended
   * @throws IOException as {@link #send(HttpRequest)} and {@link HttpResponse#saveTo(Path)}, where the part
   *     stays if it can be gone on with
   */
  public void download(HttpRequest request, Path file) throws IOException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(file, "file");
    new ResumedDownload(this::send, whole(request), file, null).run();
  }

  /**
   * As {@link #download(HttpRequest, Path)}, and tells how far it is.
   *
   * @param request as there
   * @param file as there
   * @param listener hears of the progress, in this thread; the bytes of an earlier download count
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
   * Closes the connections that nobody uses, for a program that will not come back for a while: without
   * a thread, they would stay open until the agent is used next. Those in use go on.
   */
  public void closeIdle() {
    pool.closeIdle();
  }

  /**
   * How many connections are kept for their next use.
   *
   * @return the number now; those that a server has closed meanwhile count too
   */
  public int idleConnections() {
    return pool.idleConnections();
  }

  /**
   * How many connections are in use, those of responses with an unread body among them.
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
   * Closes all connections, those in use too, and wakes every thread that waits; they get a {@link
   * ClientClosedException}. May be called from any thread, and again. An agent with the pool of another one
   * leaves the connections to that one, and only takes no more calls.
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

    /** The pool of the agent that the builder comes from, and the same where it is to be used. */
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
     * Uses the connections of the agent that the builder comes from, and their bounds, in place of a pool of
     * its own. They live as long as that agent: close it last.
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
     * How connections are made and what bounds an exchange.
     *
     * @param value the options; their dialer is used for all origins
     * @return this
     */
    public Builder options(HttpOptions value) {
      options = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Where references begin, so that {@code get("items/7")} asks for what is below. None unless set.
     *
     * @param url such as {@code https://api.example/v2/}; its path ends in a slash, since what follows the
     *     last one is not a part of a reference's URL (RFC 3986, section 5.2.3)
     * @return this
     * @throws IllegalArgumentException if it is no URL, its path does not end in a slash, or it has user
     *     info, a query or a fragment
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
     * How many connections there are, and for how long.
     *
     * @param value the bounds of the pool
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
     * Which requests are sent again.
     *
     * @param value the rules; {@link RetryRules#none()} unless set
     * @return this
     */
    public Builder retries(RetryRules value) {
      retries = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Through which proxies.
     *
     * @param value the proxies; {@link Proxies#none()} unless set, whatever the environment says
     * @return this
     */
    public Builder proxies(Proxies value) {
      proxies = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Where cookies are kept.
     *
     * @param jar the jar, or null for none, as it is unless set: cookies are neither kept nor sent
     * @return this
     */
    public Builder cookies(@Nullable CookieJar jar) {
      cookies = jar;
      return this;
    }

    /**
     * Credentials for one origin. They go to that origin alone, and not when a redirect has led away
     * from it and back.
     *
     * @param origin a URL of the origin, of which scheme, host and port count
     * @param credentials the credentials, in place of earlier ones for that origin
     * @return this
     * @throws IllegalArgumentException when it is no URL, or has user info
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
     * Logins by host, for origins without {@link #credentials} of their own. The one for any host is not for
     * an origin that a redirect has led to from another.
     *
     * @param value the logins, in place of earlier ones, or null for none, as it is unless set: no file is
     *     read
     * @return this
     */
    public Builder netrc(@Nullable Netrc value) {
      netrc = value;
      return this;
    }

    /**
     * How TLS is spoken with one origin, in place of the settings of the dialer: a client certificate for
     * that origin alone. It is not shown to a proxy on the way, nor to the origin itself when a redirect
     * has led away from it and back.
     *
     * <p>A client certificate of the dialer's own settings is shown to the origin of a call, and not to
     * another one that a redirect leads to. What an {@link javax.net.ssl.SSLContext} of one's own shows to
     * whom is its own decision, so give one that has a key here, and not to the dialer.
     *
     * @param origin an https URL of the origin, of which host and port count
     * @param settings the settings, in place of earlier ones for that origin
     * @return this
     * @throws IllegalArgumentException when it is not an https URL
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
     * Whether content codings are offered and undone; true unless set.
     *
     * @param value false to get bodies as they come
     * @return this
     */
    public Builder decompression(boolean value) {
      decompression = value;
      return this;
    }

    /**
     * One more content coding, offered before those that are there, such as br or zstd from a library
     * that has it.
     *
     * @param coding the coding
     * @return this
     * @throws IllegalArgumentException when its name is no lower-case token, or is identity
     */
    public Builder contentCoding(ContentCoding coding) {
      Objects.requireNonNull(coding, "coding");
      codings = codings.with(coding);
      return this;
    }

    /**
     * The most bytes that come out of a packed body.
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
     * How many times as many bytes may come out of a packed body as have gone in; it counts from the
     * first MiB on.
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
     * Who hears of the calls.
     *
     * @param value the listener
     * @return this
     */
    public Builder listener(CallListener value) {
      listener = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * What shows the heads of all requests and responses, with secrets masked, and how long the bodies
     * were. What calls at the same time say is mixed in it; a failure carries its last lines, whichever
     * call they belong to. It shows neither dials nor what is said to a proxy for a tunnel.
     *
     * @param value the transcript, as {@link Transcript#create()} makes it; none unless set
     * @return this
     */
    public Builder transcript(Transcript value) {
      transcript = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * A step before all others, which sees each call once: the request of the caller, and the response
     * that the caller gets. Those that were added first are the outer ones.
     *
     * @param step the step
     * @return this
     */
    public Builder step(Step step) {
      steps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * A step right before the connection, which sees each request to a server, with the fields that the
     * other steps have added, and the response as it comes. Those that were added first are the outer
     * ones.
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
     * Makes the agent.
     *
     * @return an agent, which the caller closes
     * @throws IllegalStateException if the options have a secret field for each request, which is for one
     *     origin alone, and there is no {@link #base}
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
