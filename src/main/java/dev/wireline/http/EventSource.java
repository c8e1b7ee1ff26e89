package dev.wireline.http;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.http.grammar.RetryAfter;
import dev.wireline.line.Backoff;
import dev.wireline.net.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event (SSE) stream that reconnects whenever it ends (WHATWG HTML, section 9.2), after a wait
 * and with the last identifier as Last-Event-ID.
 *
 * <p>The wait is that of a {@link Backoff}, but at least the server's {@code retry} or Retry-After, up to
 * {@link #MAX_RETRY}; it grows as long as no event comes. It retries after a stream that ended or was cut, a
 * server that cannot be reached or is silent, and the statuses 408, 429, 500, 502, 503 and
 * 504. With a 204 the server says that the events are over. Anything else, such as a 404 or a page in place of
 * events, is an exception and ends the retries.
 *
 * <p>It has no thread: it connects, waits and reads in {@link #next}. One thread at a time; {@link #close} may
 * be called from any thread.
 */
public final class EventSource implements Closeable {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** The longest wait that a server can impose: 1 h. */
  public static final Duration MAX_RETRY = Duration.ofMinutes(60);

  /** What an event source needs from its agent. */
  interface Connector {
    HttpResponse send(HttpRequest request) throws IOException;

    void pause(Duration time, HttpRequest request) throws IOException;

    /** Ends each of these with a {@link ClientClosedException}, from any thread. */
    void end();
  }

  private final Connector connector;
  private final HttpRequest request;
  private final Backoff backoff;
  private final InstantSource clock;
  private String lastEventId;
  private Duration retry = Duration.ZERO;
  private int tries;
  private @Nullable Deadline giveUp;
  private @Nullable BodyEvents events;
  private volatile @Nullable HttpResponse response;
  private volatile boolean ended;

  EventSource(Connector connector, HttpRequest request, Backoff backoff, InstantSource clock) {
    Chain.checkUrl(request);
    if (!request.isRepeatable()) {
      throw new IllegalArgumentException("what is asked again needs a body that can be sent again");
    }
    this.connector = connector;
    this.request = asking(request);
    this.backoff = backoff;
    this.clock = clock;
    this.lastEventId = request.headers().first(LAST_EVENT_ID).orElse("");
  }

  private static HttpRequest asking(HttpRequest request) {
    HttpRequest asking = request.headers().contains("Accept")
        ? request
        : request.header("Accept", "text/event-stream");
    return asking.headers().contains("Cache-Control")
        ? asking
        : asking.header("Cache-Control", "no-store");
  }

  /**
   * The next event. Waits for it, reconnecting as often as it takes, until the backoff has had no response for
   * its total time. An interrupt or {@link #close} also ends the wait.
   *
   * @return the event; empty if the server has answered with 204, or after {@link #close}
   * @throws HttpStatusException if the server answers with a status that is not worth a retry
   * @throws dev.wireline.error.PeerProtocolException if the response has no events, or violates the protocol
   * @throws dev.wireline.error.LimitExceededException if an event is too large
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted
   * @throws ClientClosedException if the agent is closed, and this source is not
   * @throws IOException in each of these cases, and with the failure of the last attempt when the backoff gives
   *     up; the source is closed
   */
  public Optional<ServerSentEvent> next() throws IOException {
    boolean done = false;
    try {
      Optional<ServerSentEvent> event = Optional.empty();
      while (!ended && event.isEmpty()) {
        event = event();
      }
      done = event.isPresent();
      return event;
    } catch (IOException e) {
      if (!ended || !isByClose(e)) {
        throw e;
      }
      return Optional.empty();
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Whether close() caused it; a step of the caller's own may have wrapped it. */
  private static boolean isByClose(IOException e) {
    return e instanceof ClientClosedException || e.getCause() instanceof ClientClosedException;
  }

  /** An event; empty if it has to reconnect, after a wait, or there are no more. */
  private Optional<ServerSentEvent> event() throws IOException {
    try {
      BodyEvents open = events;
      if (open == null) {
        return connected();
      }
      ServerSentEvent event = read(open);
      if (event != null) {
        tries = 0;
        return Optional.of(event);
      }
      await(null, Duration.ZERO);
    } catch (ConnectFailedException | ConnectionClosedException | DeadlineExceededException e) {
      await(e, Duration.ZERO);
    }
    return Optional.empty();
  }

  private @Nullable ServerSentEvent read(BodyEvents open) throws IOException {
    try {
      return open.read();
    } finally {
      lastEventId = open.lastEventId();
      retry = open.retry().orElse(retry);
    }
  }

  private Optional<ServerSentEvent> connected() throws IOException {
    HttpResponse answer = connector.send(asked());
    response = answer;
    if (ended) {
      answer.drop();
    } else if (answer.status() == 200) {
      giveUp = null;
      events = answer.readEvents(lastEventId);
    } else if (isWorthAnotherTry(answer.status())) {
      Duration asked = answer
          .header("Retry-After")
          .flatMap(value -> RetryAfter.parse(value, clock.instant()))
          .orElse(Duration.ZERO);
      answer.discard();
      await(new HttpStatusException(answer.endpoint(), answer), asked);
    } else if (answer.status() == 204) {
      ended = true;
    } else {
      answer.requireSuccess().discard();
      throw new PeerProtocolException(
          answer.endpoint(),
          BodyStream.BODY,
          "events come with the status 200, and 204 ends them (WHATWG HTML section 9.2.2)",
          String.valueOf(answer.status()));
    }
    return Optional.empty();
  }

  private HttpRequest asked() {
    HttpRequest anew = request.withoutHeader(LAST_EVENT_ID);
    boolean fits = lastEventId.chars().allMatch(c -> c >= ' ' && c != 0x7F);
    return lastEventId.isEmpty() || !fits
        ? anew
        : anew.headerOctets(LAST_EVENT_ID, lastEventId.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isWorthAnotherTry(int status) {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Waits before the next attempt; throws the failure if there is no time left for that. */
  private void await(@Nullable WirelineException failure, Duration asked) throws IOException {
    forget();
    tries++;
    Duration wait = pause(asked.compareTo(retry) > 0 ? asked : retry);
    if (failure != null) {
      Deadline end = giveUp;
      if (end == null) {
        end = Deadline.after(backoff.total(), Phase.CALL, "total");
        giveUp = end;
      }
      if (end.remainingNanos() <= wait.toNanos()) {
        throw failure;
      }
    }
    connector.pause(wait, request);
  }

  /** The backoff's wait, or at least the server's, and up to twice as much at first. */
  private Duration pause(Duration server) {
    if (server.isZero()) {
      return backoff.pause(tries);
    }
    Duration least = server.compareTo(MAX_RETRY) < 0 ? server : MAX_RETRY;
    Duration grown = backoff.withFirstWait(least.multipliedBy(2)).pause(tries);
    return grown.compareTo(least) > 0 ? grown : least;
  }

  private void forget() {
    HttpResponse open = response;
    events = null;
    response = null;
    if (open != null) {
      open.drop();
    }
  }

  /**
   * The identifier at which the next connection resumes. Save it to resume in another process, which sets it as
   * Last-Event-ID in its request.
   *
   * @return the identifier that was set last, even in a block without data; empty if there is none
   */
  public String lastEventId() {
    return lastEventId;
  }

  /**
   * Ends everything at once: the stream, a wait for the next attempt, a connection that is being made or not
   * answered yet, and a thread in {@link #next}, which returns without an event.
   */
  @Override
  public void close() {
    ended = true;
    try {
      HttpResponse open = response;
      if (open != null) {
        open.drop();
      }
    } finally {
      connector.end();
    }
  }
}
