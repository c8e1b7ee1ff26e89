package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.http.grammar.HostField;
import dev.wireline.internal.Turn;
import dev.wireline.line.LineClient;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client for one origin, over one keep-alive connection at a time.
 *
 * <pre>{@code
 * try (var http = new HttpClient(endpoint)) { // such as "localhost:8080"
 *   HttpResponse page = http.get("/");
 *   System.out.println(page.status() + " " + page.header("Content-Type").orElse("unknown"));
 *   System.out.println(page.text());
 * }
 * }</pre>
 *
 * <p>Status is data: a response with 404 is a response. If the server has hung up between two requests, or the
 * connection cannot carry another one, the next request dials again. A request is retried automatically only if
 * no byte of a response was seen, the connection was a reused one, the method is idempotent (RFC 9110 section
 * 9.2.2), and its body can be sent again; if the retry fails too, the first failure is suppressed inside the
 * second. Bytes that no request asked for are never taken for an answer: their connection is dropped. This
 * client neither follows redirects nor keeps cookies. It offers no content coding unless the request does, but
 * it decodes gzip and deflate that the server sends anyway.
 *
 * <p>If you send a request while the body of an earlier response is unread, a small remainder (up to 64 KiB,
 * within a second) is read into memory, so that the earlier response stays readable; for a larger one the
 * connection is dropped.
 *
 * <p>After an exception the connection is closed; the next request dials a new one. The lines and streams of
 * {@link LineClient}, including {@code startTls()}, are for subclasses only: other callers get an {@link
 * IllegalStateException}. For TLS write {@code https://}; for a connection that switches to another protocol
 * see {@link HttpResponse#wire}.
 *
 * <p><b>To extend:</b> for a protocol that starts as HTTP. The only method meant to be overridden is {@link
 * #greet()}, which runs on each new connection and may use the lines, but must not send requests. {@link
 * #exchange} may use them too, but not while a body is unread (IllegalStateException), and a connection on
 * which it did carries no further request. {@link #wire()} is the connection.
 *
 * <p>Not thread-safe: a second request at the same time gets an {@link IllegalStateException}. {@link
 * #close()} may be called from any thread.
 */
public class HttpClient extends LineClient {
  /** The names and default ports of HTTP: http 80, https 443. */
  public static final Protocol PROTOCOL = new Protocol("http", 80, "https", 443);

  private final HttpOptions options;
  private final RequestWriter writer;

  // No lambda: the first one of a JVM costs more than a dial.
  private final BodyStream.Holder holder = new BodyStream.Holder() {
    @Override
    public void keepAtMost(Duration time) {
      hint = time;
    }

    @Override
    public void release(boolean reusable) {
      open = null;
      Duration told = hint;
      rest = told == null ? Deadline.NEVER : Deadline.after(told, Phase.CALL);
      if (!reusable) {
        startOver();
      }
    }

    @Override
    public void handOver() {
      open = null;
      letGo();
    }
  };

  /** Held for the duration of a request. Nobody waits for it: it only says who is at work. */
  private final Turn exchanging = new Turn("at a request");

  private volatile @Nullable HttpResponse open;
  private volatile boolean raw;

  /** How long the server keeps the connection, as it said; and until when. */
  private volatile @Nullable Duration hint;

  private volatile Deadline rest = Deadline.NEVER;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code http://host}, {@code https://host:port} or {@code
   *     unix:/path}; an origin without a path
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public HttpClient(String endpoint) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL),
        HttpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options the dialer, the deadlines and the bounds
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public HttpClient(String endpoint, HttpOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client with the default options.
   *
   * @param endpoint the origin
   */
  public HttpClient(Endpoint endpoint) {
    this(endpoint, HttpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint the origin
   * @param options the dialer, the deadlines and the bounds
   */
  public HttpClient(Endpoint endpoint, HttpOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").forLines());
    this.options = options;
    String host = HostField.of(endpoint, PROTOCOL);
    this.writer =
        new RequestWriter(options.version(), host, options.keepAlive()).as(options.userAgent());
  }

  /**
   * Sends a GET request (RFC 9110 section 9.3.1).
   *
   * @param target path and query, or a URL of this origin; empty means {@code /}
   * @return the response; its body may still be unread
   * @throws IOException as {@link #send}
   */
  public final HttpResponse get(String target) throws IOException {
    Objects.requireNonNull(target, "target");
    return send(HttpRequest.get(target));
  }

  /**
   * Sends a HEAD request (RFC 9110 section 9.3.2).
   *
   * @param target path and query, or a URL of this origin; empty means {@code /}
   * @return the response, without a body
   * @throws IOException as {@link #send}
   */
  public final HttpResponse head(String target) throws IOException {
    Objects.requireNonNull(target, "target");
    return send(HttpRequest.head(target));
  }

  /**
   * Sends a request and reads the head of its response. Waits at most the call timeout in all, the silence
   * timeout for each next byte, and the head timeout from the first byte of the head to its last.
   *
   * <p>A body that is not sent together with the head is sent piece by piece. If a final response arrives
   * before its end, the rest is not sent, and the connection carries no further request (RFC 9112, section
   * 9.5). A request with {@code Expect: 100-continue} sends its body once the server asks for it, or after the
   * {@code continueTimeout} without an answer.
   *
   * @param request the request
   * @return the response; its body may still be unread. Its status is 101 only if the request has the fields
   *     Upgrade and {@code Connection: upgrade}, see {@link HttpResponse#wire}
   * @throws IllegalArgumentException if the request contradicts itself, or its URL has another origin; nothing
   *     was sent
   * @throws IllegalStateException if another thread is sending a request or reading the body of an earlier one,
   *     or if the body was sent before and cannot be sent again; nothing was sent
   * @throws dev.wireline.error.ConnectFailedException if the server could not be reached
   * @throws dev.wireline.error.DeadlineExceededException at one of these timeouts
   * @throws ConnectionClosedException if the server hung up before the head was whole
   * @throws dev.wireline.error.PeerProtocolException if the response violates the protocol
   * @throws dev.wireline.error.LimitExceededException if its head is too large
   * @throws dev.wireline.error.ClientClosedException if the client is CLOSED
   * @throws java.nio.file.NoSuchFileException if the file of the body does not exist; nothing was sent
   * @throws IOException in each of these cases; also whatever the source of the body throws, or if it yields
   *     fewer or more bytes than announced; the connection is closed and the next request dials
   */
  public final HttpResponse send(HttpRequest request) throws IOException {
    Objects.requireNonNull(request, "request");
    take();
    try {
      // A request that is refused leaves an earlier response as it is.
      checkOrigin(request);
      HttpRequest whole = request.withDefaults(options.headers());
      writer.write(whole);
      HttpResponse response = asked(whole, callDeadline());
      exchanging.give();
      return response;
    } catch (Throwable e) {
      if (e instanceof Error) {
        // Wherever it happened: what is on the connection is not the next answer.
        exchanging.left = e;
        startOver();
      }
      exchanging.giveLeft();
      throw e;
    }
  }

  /** Takes the turn for a request; hangs up a connection that an Error left in the middle of one. */
  private void take() {
    if (!exchanging.tryTake()) {
      if (exchanging.leftBy() == null) {
        throw new IllegalStateException("another request is under way on this connection");
      }
      startOver();
      exchanging.left = null;
    }
  }

  /** The deadline for all waits of a request that begins now. */
  Deadline callDeadline() {
    return options.dialer().deadline(options.callTimeout(), Phase.CALL, "callTimeout");
  }

  private HttpResponse asked(HttpRequest request, Deadline deadline) throws IOException {
    HttpResponse response = send(request, deadline);
    HttpRequest plain = ExpectationStep.withoutExpectation(request, response);
    if (plain != null) {
      writer.write(plain);
      response = send(plain, deadline);
    }
    return DecodingStep.STANDARD.undone(request, response);
  }

  private HttpResponse send(HttpRequest request, Deadline deadline) throws IOException {
    settleEarlier(deadline);
    boolean reused = reuse();
    try {
      return exchange(request, deadline, reused && request.isReplayable());
    } catch (StaleException e) {
      return again(request, deadline, e.first);
    }
  }

  private HttpResponse again(HttpRequest request, Deadline deadline, Throwable first)
      throws IOException {
    try {
      writer.write(request);
      return exchange(request, deadline, false);
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  /** A URL of another origin would be asked of the wrong server. */
  private void checkOrigin(HttpRequest request) {
    HttpUrl url = request.url().orElse(null);
    if (url != null && !url.endpoint().equals(endpoint())) {
      throw new IllegalArgumentException(
          url.origin() + " is not the origin of this client, " + endpoint());
    }
  }

  /** Whether there is a connection that is fit for another request; hangs up one that is not. */
  private boolean reuse() throws IOException {
    if (state() == ConnectionState.OPEN && !raw && !rest.isExpired() && wire().isQuiet()) {
      return true;
    }
    raw = false;
    rest = Deadline.NEVER;
    hint = null;
    startOver();
    return false;
  }

  private HttpResponse exchange(HttpRequest request, Deadline deadline, boolean mayBeStale)
      throws IOException {
    boolean done = false;
    try {
      Wire wire = wire(deadline);
      HttpTranscript shown = HttpTranscript.of(transcript().orElse(null), request.headers());
      Transfer transfer =
          new Transfer(wire, options, deadline, holder, HttpExchange.Progress.of(shown));
      try {
        HttpResponse response = transfer.run(writer, request);
        open = transfer.isDone() ? null : response;
        done = true;
        return response;
      } catch (ConnectionClosedException e) {
        if (mayBeStale && !transfer.isAnswered()) {
          throw new StaleException(e);
        }
        throw e;
      }
    } finally {
      if (!done) {
        startOver();
      }
    }
  }

  private void settleEarlier(Deadline deadline) {
    HttpResponse earlier = open;
    if (earlier != null) {
      earlier.settle(deadline);
    }
  }

  /**
   * Whether callers may use the lines: no, requests own the connection.
   *
   * @return false
   */
  @Override
  protected final boolean speaksLines() {
    return false;
  }

  /** Refuses the lines during a request and while a body is unread, and notes that they were used. */
  @Override
  protected final void beforeUse() {
    if (exchanging.leftBy() != null) {
      startOver();
      exchanging.giveLeft();
    }
    if (exchanging.isTaken()) {
      throw new IllegalStateException("a request is under way on this connection");
    }
    if (open != null) {
      throw new IllegalStateException(
          "the body of the last response is unread: read it or discard() it first");
    }
    raw = true;
  }

  /** A reused connection turned out to be dead before anything was answered. */
  private static final class StaleException extends IOException {
    private static final long serialVersionUID = 1;

    private final IOException first;

    StaleException(IOException first) {
      super(first);
      this.first = first;
    }
  }
}
