package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Backoff;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a server that drops the connection now and then. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EventSourceTest {
  private static final String TYPE = "Content-Type: text/event-stream\r\n";
  private static final RawAnswer NO_MORE = RawAnswer.of("HTTP/1.1 204 No Content\r\n\r\n");
  private static final Duration LONG = Duration.ofDays(1);

  /** Sends with an agent, and notes the waits in place of waiting. */
  private static final class Noting implements EventSource.Connector {
    private final HttpAgent agent;
    private final List<Duration> waits = new ArrayList<>();

    Noting(HttpAgent agent) {
      this.agent = agent;
    }

    @Override
    public HttpResponse send(HttpRequest request) throws IOException {
      return agent.send(request);
    }

    @Override
    public void pause(Duration time, HttpRequest request) {
      waits.add(time);
    }

    @Override
    public void end() {}

    EventSource source(RawServer server, Backoff backoff) {
      HttpRequest request = HttpRequest.get(Agents.origin(server) + "/events");
      return new EventSource(this, request, backoff, InstantSource.system());
    }
  }

  private static RawAnswer stream(String body) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\n" + TYPE + "\r\n" + body).thenClose();
  }

  private static RawAnswer chunks(String body, String end) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n"
        + Answers.chunk(body) + end);
  }

  private static List<String> all(EventSource source) throws IOException {
    List<String> all = new ArrayList<>();
    for (Optional<ServerSentEvent> event = source.next();
        event.isPresent();
        event = source.next()) {
      all.add(event.get().lastEventId() + "=" + event.get().data());
    }
    return all;
  }

  private static List<String> ids(RawServer server) {
    return server.requests().stream()
        .map(request -> Agents.field(request, "Last-Event-ID"))
        .toList();
  }

  static Stream<RawAnswer> drops() {
    String body = "data: a\nid: 1\n\nid: 2\n\nid: 3\ndata: half";
    return Stream.of(
        stream(body),
        chunks(body, "0\r\n\r\n"),
        chunks(body, "").thenClose(),
        chunks(body, "5\r\nab").thenReset(),
        RawAnswer.of("HTTP/1.1 200 OK\r\n" + TYPE + "Content-Encoding: gzip\r\n\r\n")
            .and(Packed.flushed(body.getBytes(UTF_8)))
            .thenClose());
  }

  @ParameterizedTest
  @MethodSource("drops")
  void goOnBehindTheLastBlockThatCameWhole(RawAnswer dropped) throws Exception {
    try (RawServer server = RawServer.answering(dropped, stream("data: b\n\n"), NO_MORE);
        HttpAgent agent = HttpAgent.create();
        EventSource source = new Noting(agent).source(server, Backoff.standard())) {
      assertThat(all(source)).containsExactly("1=a", "2=b");

      assertThat(ids(server)).containsExactly("", "2", "2");
      assertThat(source.lastEventId()).isEqualTo("2");
      assertThat(source.next()).isEmpty();
    }
  }

  @Test
  void sendAnIdentifierBeyondAsciiInTheOctetsOfUtf8() throws Exception {
    String octets = new String("caf\u00e9".getBytes(UTF_8), ISO_8859_1);
    try (RawServer server =
            RawServer.answering(stream("id: " + octets + "\ndata: a\n\n"), NO_MORE);
        HttpAgent agent = HttpAgent.create();
        EventSource source = agent.events(
            HttpRequest.get(Agents.origin(server)),
            Backoff.standard().withFirstWait(Duration.ofMillis(1)))) {
      assertThat(all(source)).containsExactly("caf\u00e9=a");

      assertThat(ids(server)).containsExactly("", octets);
    }
  }

  @Test
  void askForEventsBehindTheIdentifierOfAnEarlierProcess() throws Exception {
    try (RawServer server = RawServer.answering(stream("id\ndata: a\n\n"), NO_MORE);
        HttpAgent agent = HttpAgent.create();
        EventSource source = agent.events(
            HttpRequest.get(Agents.origin(server)).header("Last-Event-ID", "7"),
            Backoff.standard().withFirstWait(Duration.ofMillis(1)))) {
      assertThat(all(source)).containsExactly("=a");

      assertThat(ids(server)).containsExactly("7", "");
      assertThat(server.requests().get(0).head())
          .contains("Accept: text/event-stream\r\n", "Cache-Control: no-store\r\n");
    }
  }

  @Test
  void areThoseOfAPathOfABase() throws Exception {
    try (RawServer server = RawServer.answering(stream("data: a\n\n"));
        HttpAgent agent = HttpAgent.builder().base(Agents.origin(server) + "/").build();
        EventSource source = agent.events(HttpRequest.get("/events"))) {
      assertThat(source.next()).isPresent();
    }
  }

  @Test
  void keepTheWaitOfTheServer() throws Exception {
    try (RawServer server = RawServer.answering(
            stream("retry: 100000\n\n"),
            stream("data: a\n\n"),
            stream("retry: 99999999999\n"),
            NO_MORE);
        HttpAgent agent = HttpAgent.create()) {
      Noting noting = new Noting(agent);
      all(noting.source(server, Backoff.standard().withMaxWait(LONG)));

      assertThat(noting.waits).hasSize(3);
      assertThat(noting.waits.get(0)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(200));
      assertThat(noting.waits.get(1)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(200));
      assertThat(noting.waits.get(2)).isBetween(EventSource.MAX_RETRY, LONG);
    }
  }

  @Test
  void waitLongerAsLongAsNothingComes() throws Exception {
    RawAnswer busy = Agents.status(503, "");
    try (RawServer server = RawServer.answering(
            RawAnswer.of("").thenClose(),
            stream(": hello\n\n"),
            busy,
            stream("data: a\n\n"),
            Agents.status(429, "Retry-After: 77\r\n"),
            NO_MORE);
        HttpAgent agent = HttpAgent.create()) {
      Noting noting = new Noting(agent);
      Backoff backoff = Backoff.standard().withFirstWait(Duration.ofSeconds(1)).withTotal(LONG);
      all(noting.source(server, backoff));

      assertThat(noting.waits).hasSize(5);
      int[] most = {1, 2, 4, 1};
      for (int i = 0; i < most.length; i++) {
        assertThat(noting.waits.get(i))
            .isBetween(Duration.ofMillis(500L * most[i]), Duration.ofSeconds(most[i]));
      }
      assertThat(noting.waits.get(4)).isGreaterThanOrEqualTo(Duration.ofSeconds(77));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 0})
  void giveUpWhenTheServerWasAwayForTheTotal(int status) throws Exception {
    RawAnswer away = status == 0 ? RawAnswer.of("").thenClose() : Agents.status(status, "");
    try (RawServer server = RawServer.answering(stream("data: a\n\n"), away);
        HttpAgent agent = HttpAgent.create()) {
      Noting noting = new Noting(agent);
      Backoff backoff = Backoff.standard().withFirstWait(Duration.ofHours(1)).withMaxWait(LONG);
      EventSource source = noting.source(server, backoff.withTotal(Duration.ofMinutes(1)));
      assertThat(source.next()).isPresent();

      assertThatThrownBy(source::next)
          .isInstanceOf(status == 0 ? ConnectionClosedException.class : HttpStatusException.class);
      assertThat(source.next()).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void endWithAStatusThatNoTryChanges() throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(404, ""));
        HttpAgent agent = HttpAgent.create();
        EventSource source = new Noting(agent).source(server, Backoff.standard())) {
      assertThatThrownBy(source::next).isInstanceOf(HttpStatusException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"200 OK\r\nContent-Type: text/html", "206 X\r\nContent-Type: text/event-stream"})
  void endWithAPageInPlaceOfEvents(String head) throws Exception {
    RawAnswer page = RawAnswer.of("HTTP/1.1 " + head + "\r\nContent-Length: 1\r\n\r\nx");
    try (RawServer server = RawServer.answering(page);
        HttpAgent agent = HttpAgent.create();
        EventSource source = new Noting(agent).source(server, Backoff.standard())) {
      assertThatThrownBy(source::next).isInstanceOf(PeerProtocolException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** A server that says one event and then nothing more, on one connection. */
  private static PeerServer quiet() throws IOException {
    return PeerServer.start(connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 200 OK\r\n" + TYPE + "\r\ndata: a\n\n");
      connection.hold();
    });
  }

  @Test
  void endByACloseOfAnotherThreadWhileTheyAreAwaited() throws Exception {
    try (PeerServer server = quiet();
        HttpAgent agent = HttpAgent.create()) {
      EventSource source =
          agent.events(HttpRequest.get("http://" + server.endpoint().authority()));
      assertThat(source.next()).isPresent();

      CompletableFuture<Void> closed = CompletableFuture.runAsync(source::close);
      assertThat(source.next()).isEmpty();
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void endByACloseOfAnotherThreadInAWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = RawServer.answering(Agents.status(503, ""));
        HttpAgent agent = HttpAgent.builder()
            .listener(event -> {
              if (event.kind() == CallEvent.Kind.ENDED) {
                asked.countDown();
              }
            })
            .build()) {
      Backoff backoff = Backoff.standard().withFirstWait(LONG).withMaxWait(LONG);
      EventSource source = agent.events(
          HttpRequest.get(Agents.origin(server)), backoff.withTotal(LONG.multipliedBy(9)));
      CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
        await(asked);
        source.close();
      });

      assertThat(source.next()).isEmpty();
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void endByACloseOfAnotherThreadWhileAnAnswerIsAwaited() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          asked.countDown();
          connection.awaitClosedByPeer(Duration.ofSeconds(20));
        });
        HttpAgent agent = HttpAgent.create()) {
      EventSource source =
          agent.events(HttpRequest.get("http://" + server.endpoint().authority()));
      endsByAClose(source, () -> await(asked));

      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void endByACloseOfAnotherThreadWhileATlsHandshakeIsAwaited() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.read();
          asked.countDown();
          connection.hold();
        });
        HttpAgent agent = HttpAgent.create()) {
      EventSource source =
          agent.events(HttpRequest.get("https://" + server.endpoint().authority()));

      endsByAClose(source, () -> await(asked));
    }
  }

  @Test
  void endByACloseOfAnotherThreadWhileAPlaceInThePoolIsAwaited() throws Exception {
    try (PeerServer server = quiet();
        HttpAgent agent = HttpAgent.builder()
            .pool(PoolOptions.builder().maxConnections(1).maxPerEndpoint(1).build())
            .build()) {
      HttpRequest request = HttpRequest.get("http://" + server.endpoint().authority());
      EventSource source = agent.events(request);
      try (HttpResponse other = agent.send(request)) {
        endsByAClose(source, () -> {
          while (agent.pool().waitingThreads() == 0) {
            Caller.pause();
          }
        });

        assertThat(other.status()).isEqualTo(200);
        assertThat(agent.leasedConnections()).isOne();
      }
    }
  }

  private static void endsByAClose(EventSource source, Runnable when) throws Exception {
    CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
      when.run();
      source.close();
    });

    assertThat(source.next()).isEmpty();
    closed.get(20, TimeUnit.SECONDS);
    assertThat(source.next()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @SuppressWarnings("try") // closed while it is used, which is the point
  void failWhenTheAgentIsClosed() throws Exception {
    try (PeerServer server = quiet();
        HttpAgent agent = HttpAgent.create()) {
      EventSource source =
          agent.events(HttpRequest.get("http://" + server.endpoint().authority()));
      assertThat(source.next()).isPresent();
      agent.close();

      assertThatThrownBy(source::next).isInstanceOf(ClientClosedException.class);
    }
  }

  /** Closes its source when it is asked, and fails as it was told. */
  private static final class Closing implements EventSource.Connector {
    private final IOException failure;
    private final EventSource source;

    Closing(IOException failure) {
      this.failure = failure;
      this.source = new EventSource(
          this, HttpRequest.get("http://events.test/"), Backoff.standard(), InstantSource.system());
    }

    @Override
    public HttpResponse send(HttpRequest request) throws IOException {
      source.close();
      throw failure;
    }

    @Override
    public void pause(Duration time, HttpRequest request) {}

    @Override
    public void end() {}
  }

  private static EventSource closedWhile(IOException failure) {
    return new Closing(failure).source;
  }

  @Test
  void endEverythingThoughAListenerOfTheCloseFails() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (RawServer server = RawServer.answering(chunks("data: a\n\n", "").thenStall());
        HttpAgent agent = HttpAgent.builder()
            .listener(event -> {
              if (event.kind() == CallEvent.Kind.DROPPED) {
                throw new AssertionError("no memory for it");
              }
            })
            .build()) {
      EventSource source = new EventSource(
          new EventSource.Connector() {
            @Override
            public HttpResponse send(HttpRequest request) throws IOException {
              return agent.send(request);
            }

            @Override
            public void pause(Duration time, HttpRequest request) {}

            @Override
            public void end() {
              ended.set(true);
            }
          },
          HttpRequest.get(Agents.origin(server)),
          Backoff.standard(),
          InstantSource.system());
      assertThat(source.next()).isPresent();

      assertThatThrownBy(source::close).hasMessage("no memory for it");
      assertThat(ended).isTrue();
    }
  }

  @Test
  void endWithWhatTheCloseHasNotBroughtAbout() throws Exception {
    Endpoint server = Endpoint.tcp("events.test", 80);
    ClientClosedException closed =
        new ClientClosedException(server, Activity.READING, "closed", null);

    assertThatThrownBy(
            closedWhile(new PeerProtocolException(server, Activity.READING, "a", ""))::next)
        .isInstanceOf(PeerProtocolException.class);
    assertThatThrownBy(closedWhile(
            new CallInterruptedException(server, Activity.READING, "interrupted"))::next)
        .isInstanceOf(CallInterruptedException.class);
    assertThat(closedWhile(closed).next()).isEmpty();
    assertThat(
            closedWhile(new IOException("a step of the caller's own", closed)).next())
        .isEmpty();
  }

  @Test
  void endByAnInterruptInAWait() throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(503, ""));
        HttpAgent agent = HttpAgent.builder()
            .listener(event -> {
              if (event.kind() == CallEvent.Kind.ENDED) {
                Thread.currentThread().interrupt();
              }
            })
            .build();
        EventSource source = agent.events(HttpRequest.get(Agents.origin(server)))) {
      assertThatThrownBy(source::next).isInstanceOf(CallInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refuseABodyThatCanBeSentOnce() {
    Body once = Body.of(new ByteArrayInputStream(new byte[1]), "text/plain");
    try (HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.events(HttpRequest.post("http://a.test/").body(once)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void tellIdentifierAndWaitOfABlockWithoutDataOfOneResponseToo() throws Exception {
    try (RawServer server =
            RawServer.answering(stream("data: a\nid: 1\n\nid: 2\nretry: 5\n\nid: 3"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      assertThat(response.lastEventId()).isEmpty();
      assertThat(response.eventRetry()).isEmpty();

      assertThat(response.events()).hasSize(1);

      assertThat(response.lastEventId()).isEqualTo("2");
      assertThat(response.eventRetry()).contains(Duration.ofMillis(5));
    }
  }
}
