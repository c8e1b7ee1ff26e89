package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.ProxyException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every loop of this package that reads until something comes, and a peer for each that sends for ever, as
 * fast as it can, what is nothing: the loop ends by a bound, and where there is none by its deadline, an
 * interrupt or a close.
 */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class NoDataLoopsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String EMPTY_BLOCK = "\0\0\0\u00ff\u00ff";
  private static final String EVENTS = OK + "Content-Type: text/event-stream\r\n\r\n";
  private static final String CHUNKS = Answers.chunkedHead();

  /** A gzip header with these flags. */
  private static String gzip(int flags) {
    return "\u001f\u008b\b" + (char) flags + "\0\0\0\0\0\u00ff";
  }

  /** Data that deflate takes as they are. */
  private static String stored(String data) {
    int length = data.length();
    int inverse = ~length;
    return "\0" + (char) (length & 0xFF) + (char) (length >> 8) + (char) (inverse & 0xFF)
        + (char) (inverse >> 8 & 0xFF)
        + data;
  }

  private static String packed(String coding) {
    return OK + "Content-Encoding: " + coding + "\r\n\r\n";
  }

  /** Answers each request with a start and then, for ever, with what goes on. */
  private static PeerServer flooding(String start, String on) throws IOException {
    return flooding(start, on, new CountDownLatch(0));
  }

  /** The same; the latch is counted down by each MiB. */
  private static PeerServer flooding(String start, String on, CountDownLatch sent)
      throws IOException {
    byte[] piece = on.repeat(Math.max(1, 64 * 1024 / on.length())).getBytes(ISO_8859_1);
    return PeerServer.start(connection -> flood(connection, start, piece, sent));
  }

  private static void flood(
      PeerConnection connection, String start, byte[] piece, CountDownLatch sent)
      throws IOException {
    connection.readHead();
    connection.write(start);
    try {
      for (int i = 1; ; i++) {
        connection.write(piece);
        if (i % 16 == 0) {
          sent.countDown();
        }
      }
    } catch (IOException e) {
      // The client has had enough, which is what is wanted.
      return;
    }
  }

  static List<Arguments> bodiesOfNothing() {
    String innerName = gzip(0) + stored(gzip(8));
    return List.of(
        arguments("a file name", packed("gzip") + gzip(8), "x", "maxFruitlessBytes"),
        arguments("a comment", packed("gzip") + gzip(16), "x", "maxFruitlessBytes"),
        arguments(
            "empty members",
            packed("gzip"),
            new String(Packed.gzip(new byte[0]), ISO_8859_1),
            "maxFruitlessBytes"),
        arguments("empty blocks", packed("gzip") + gzip(0), EMPTY_BLOCK, "maxFruitlessBytes"),
        arguments(
            "empty blocks of zlib",
            packed("deflate") + "x\u009c",
            EMPTY_BLOCK,
            "maxFruitlessBytes"),
        arguments("empty raw blocks", packed("deflate"), EMPTY_BLOCK, "maxFruitlessBytes"),
        arguments(
            "a file name within a body",
            packed("gzip, gzip") + innerName,
            stored("x".repeat(1000)),
            "maxFruitlessBytes"),
        arguments("a coding of the user's", packed("hole"), "x", "maxFruitlessBytes"),
        arguments("a chunk extension", CHUNKS + "5;", "x", "maxChunkLineBytes"),
        arguments(
            "chunk extensions",
            CHUNKS,
            "1;" + "x".repeat(1000) + "\r\nx\r\n",
            "maxChunkExtensionBytes"),
        arguments("trailers", CHUNKS + "0\r\n", "X: y\r\n", "maxTrailerBytes"));
  }

  private static HttpAgent agent() {
    return HttpAgent.builder().contentCoding(new Hole()).build();
  }

  private static String url(PeerServer server) {
    return "http://" + server.endpoint().authority();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesOfNothing")
  void aBodyOfNothingEndsByABound(String name, String start, String on, String limit)
      throws Exception {
    try (PeerServer server = flooding(start, on);
        HttpAgent agent = agent()) {
      HttpResponse whole = agent.get(url(server));
      HttpResponse streamed = agent.get(url(server));
      InputStream body = streamed.body();

      assertThat(catchThrowableOfType(LimitExceededException.class, whole::text).limit())
          .isEqualTo(limit);
      assertThat(catchThrowableOfType(LimitExceededException.class, body::readAllBytes)
              .limit())
          .isEqualTo(limit);
      assertThat(agent.leasedConnections()).isZero();
      assertThat(agent.idleConnections()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesOfNothing")
  void aBodyOfNothingIsDroppedUnread(String name, String start, String on, String limit)
      throws Exception {
    try (PeerServer server = flooding(start, on);
        HttpAgent agent = agent()) {
      agent.get(url(server)).discard();

      assertThat(agent.leasedConnections()).isZero();
      assertThat(agent.idleConnections()).isZero();
    }
  }

  static List<Arguments> headsWithoutEnd() {
    return List.of(
        arguments("interim responses", "", "HTTP/1.1 103 Hints\r\n\r\n", "maxInterimResponses"),
        arguments("go-aheads", "", "HTTP/1.1 100 Go\r\n\r\n", "maxInterimResponses"),
        arguments("fields", OK, "X: y\r\n", "maxHeadBytes"),
        arguments(
            "fields of an interim response", "HTTP/1.1 103 X\r\n", "X: y\r\n", "maxHeadBytes"),
        arguments("a reason", "HTTP/1.1 200 ", "x", "maxHeadBytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headsWithoutEnd")
  void aHeadWithoutEndEndsByABound(String name, String start, String on, String limit)
      throws Exception {
    try (PeerServer server = flooding(start, on);
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(catchThrowableOfType(LimitExceededException.class, () -> client.get("/"))
              .limit())
          .isEqualTo(limit);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headsWithoutEnd")
  void aHeadWithoutEndEndsByABoundWhileABodyWaitsOrLeaves(
      String name, String start, String on, String limit) throws Exception {
    HttpRequest large = HttpRequest.post("/").body(Body.of(new byte[8 << 20], "text/plain"));
    try (PeerServer server = flooding(start, on);
        HttpClient client = new HttpClient(server.endpoint())) {
      for (HttpRequest request : List.of(large, large.header("Expect", "100-continue"))) {
        assertThat(catchThrowableOfType(LimitExceededException.class, () -> client.send(request))
                .limit())
            .isEqualTo(limit);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headsWithoutEnd")
  void aHeadWithoutEndOfAProxyEndsByABound(String name, String start, String on, String limit)
      throws Exception {
    try (PeerServer server = flooding(start, on)) {
      Dialer dialer =
          Dialer.builder().connector(HttpProxy.of(server.endpoint())).build();
      HttpOptions options = HttpOptions.builder().dialer(dialer).build();
      try (HttpClient client = new HttpClient("some.test", options)) {
        assertThat(catchThrowableOfType(WirelineException.class, () -> client.get("/")))
            .isInstanceOfAny(LimitExceededException.class, ProxyException.class);
      }
    }
  }

  @Test
  void redirectsWithoutEndEndByABound() throws Exception {
    String redirect = "HTTP/1.1 302 X\r\nLocation: x/again\r\nContent-Length: 0\r\n\r\n";
    try (PeerServer server = PeerServer.start(connection -> {
          while (connection.readHead() != null) {
            connection.write(redirect);
          }
        });
        HttpAgent agent = agent()) {
      assertThatThrownBy(() -> agent.get(url(server)))
          .isInstanceOf(RefusedResponseException.class)
          .hasMessageContaining("maxRedirects");
    }
  }

  @Test
  void redirectsWithBodiesOfNothingEndByABound() throws Exception {
    String redirect = "HTTP/1.1 302 X\r\nLocation: x/again\r\nTransfer-Encoding: chunked\r\n\r\n1;";
    try (PeerServer server = flooding(redirect, "x");
        HttpAgent agent = agent()) {
      assertThatThrownBy(() -> agent.get(url(server)))
          .isInstanceOf(RefusedResponseException.class)
          .hasMessageContaining("maxRedirects");
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void challengesWithoutEndAreAnswered() throws Exception {
    String challenge = "HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\","
        + " algorithm=SHA-256, qop=\"auth\", stale=true\r\nContent-Length: 0\r\n\r\n";
    try (PeerServer server = PeerServer.start(connection -> {
          while (connection.readHead() != null) {
            connection.write(challenge);
          }
        });
        HttpAgent agent = HttpAgent.builder()
            .credentials(url(server), Credentials.digest("u", "p"))
            .build()) {
      assertThat(agent.get(url(server)).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x: y\n", "event: x\n", "id: 1\r", "data\n", "data: xxxxxxxx\r\n"})
  void anEventWithoutEndEndsByABound(String field) throws Exception {
    try (PeerServer server = flooding(EVENTS, field);
        HttpAgent agent = agent();
        Stream<ServerSentEvent> events = agent.get(url(server)).events()) {
      UncheckedIOException e =
          catchThrowableOfType(UncheckedIOException.class, () -> events.findFirst());

      assertThat(e).hasCauseInstanceOf(LimitExceededException.class);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  /** What a server sends to show that it is alive is waited over: as long as it likes. */
  @ParameterizedTest
  @ValueSource(strings = {":\n", "\n", "\r", "\r\n", ": still here\n\n", "id\n\n"})
  void keepAlivesOfEventsAreEndedByAClose(String keepAlive) throws Exception {
    CountDownLatch sent = new CountDownLatch(32);
    try (PeerServer server = flooding(EVENTS, keepAlive, sent);
        HttpAgent agent = agent()) {
      Caller<Object> reading = nextEvent(agent.get(url(server)));
      sent.await();
      closeNow(agent);

      assertThat(reading.failure()).hasCauseInstanceOf(ClientClosedException.class);
    }
  }

  private static void closeNow(HttpAgent agent) {
    agent.close();
  }

  private static Caller<Object> nextEvent(HttpResponse response) {
    return Caller.start(() -> {
      try (Stream<ServerSentEvent> events = response.events()) {
        return events.findFirst();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {":\n", "\n", "\r", "\r\n", ": still here\n\n", "id\n\n"})
  void keepAlivesOfEventsAreEndedByAnInterrupt(String keepAlive) throws Exception {
    CountDownLatch sent = new CountDownLatch(32);
    try (PeerServer server = flooding(EVENTS, keepAlive, sent);
        HttpAgent agent = agent()) {
      Caller<Object> reading = nextEvent(agent.get(url(server)));
      sent.await();
      reading.interrupt();

      assertThat(reading.failure()).hasCauseInstanceOf(CallInterruptedException.class);
      assertThat(reading.endedInterrupted()).isTrue();
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  private static final String CRUMBS = "1\r\nx\r\n";

  private static HttpOptions.Builder roomy() {
    return HttpOptions.builder().maxBodyBytes(1 << 28);
  }

  @Test
  void aBodyThatIsReadWholeEndsAtTheDeadlineThoughBytesKeepComing() throws Exception {
    HttpOptions options = roomy().callTimeout(Duration.ofMillis(300)).build();
    try (PeerServer server = flooding(CHUNKS, CRUMBS);
        HttpAgent agent = HttpAgent.builder().options(options).build()) {
      // The time may end before the head is there, or behind it.
      assertThat(catchThrowableOfType(
                  DeadlineExceededException.class, () -> agent.get(url(server)).bytes())
              .setting())
          .contains("callTimeout");
    }
  }

  @Test
  void aBodyEndsByAnInterruptThoughBytesKeepComing() throws Exception {
    CountDownLatch sent = new CountDownLatch(8);
    try (PeerServer server = flooding(CHUNKS, CRUMBS, sent);
        HttpAgent agent = HttpAgent.builder().options(roomy().build()).build()) {
      HttpResponse whole = agent.get(url(server));
      HttpResponse streamed = agent.get(url(server));
      List<Caller<Object>> reading = List.of(
          Caller.start(whole::bytes),
          Caller.start(() -> streamed.body().transferTo(OutputStream.nullOutputStream())));
      sent.await();
      for (Caller<Object> each : reading) {
        each.interrupt();
        assertThat(each.failure()).isInstanceOf(CallInterruptedException.class);
      }
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  /** A decoder that takes all and gives nothing, in both ways in which that can be said. */
  private static final class Hole implements ContentCoding {
    @Override
    public String name() {
      return "hole";
    }

    @Override
    public InputStream decode(InputStream encoded) {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          while (encoded.read() >= 0) {
            // It is gone.
          }
          return -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
          return 0;
        }
      };
    }
  }
}
