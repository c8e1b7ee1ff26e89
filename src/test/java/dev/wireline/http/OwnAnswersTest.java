package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.header.Headers;
import dev.wireline.net.Wire;
import dev.wireline.testing.Caller;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that a step makes or changes, requests that it sends elsewhere, and closing a response. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class OwnAnswersTest {
  private static final String NOWHERE = "http://peer.test/a?b";
  private static final int LARGE = 200_000;

  /** Copies what is read, and notes that it was closed. */
  private static final class Copying extends FilterInputStream {
    final ByteArrayOutputStream copy;
    boolean closed;

    Copying(InputStream in, ByteArrayOutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      if (octet >= 0) {
        copy.write(octet);
      }
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      copy.write(into, offset, Math.max(0, count));
      return count;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }

  private static HttpAgent agent(Step step) {
    return HttpAgent.builder().step(step).build();
  }

  /** An answer in pieces, so that its body is unread when the head is. */
  private static RawAnswer large() {
    return Answers.ok("x".repeat(LARGE), "X-Old: 1\r\n");
  }

  @Test
  void answersByItself() throws IOException {
    List<String> heard = new ArrayList<>();
    Step stub = (request, chain) -> HttpResponse.of(request, 404)
        .withBody(Body.of("not here", "text/plain"))
        .withHeaders(Headers.of("X-Url", chain.url().toString()));
    try (HttpAgent agent = HttpAgent.builder()
        .step(stub)
        .listener(event -> heard.add(event.kind() + " " + event.detail()))
        .build()) {
      HttpResponse response = agent.get(NOWHERE);

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.header("X-Url")).contains(NOWHERE);
      assertThat(response.text()).isEqualTo("not here");
      assertThat(response.text()).isEqualTo("not here");
      assertThat(response.body().readAllBytes()).asString(UTF_8).isEqualTo("not here");
      assertThat(response.attempts()).isEmpty();
      assertThat(heard).containsExactly("STARTED GET", "ANSWERED 404");
      assertThat(response.url()).contains(HttpUrl.parse(NOWHERE));
      assertThat(response.trailers()).isEqualTo(Headers.empty());
      assertThatThrownBy(response::requireSuccess).isInstanceOf(HttpStatusException.class);
    }
  }

  @Test
  void hasAnEmptyBodyUnlessItGetsOne(@TempDir Path folder) throws IOException {
    HttpResponse empty = HttpResponse.of(HttpRequest.get(NOWHERE), 204);
    HttpResponse saved =
        HttpResponse.of(HttpRequest.get(NOWHERE), 200).withBody(Body.of("a\nb", "text/plain"));
    Path file = folder.resolve("saved");
    List<Long> totals = new ArrayList<>();

    saved.saveTo(file, (bytes, total) -> totals.add(total));

    assertThat(empty.bytes()).isEmpty();
    assertThat(empty.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(saved.header("Content-Type")).contains("text/plain");
    assertThat(file).hasContent("a\nb");
    assertThat(totals).contains(3L);
    assertThat(HttpResponse.of(HttpRequest.get(NOWHERE), 200)
            .withBody(Body.of(file, "text/plain"))
            .lines())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101, 199, 1000})
  void refusesAStatusThatIsNotThatOfAResponse(int status) {
    HttpRequest request = HttpRequest.get(NOWHERE);

    assertThatThrownBy(() -> HttpResponse.of(request, status))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void needsTheUrlThatItAnswers() {
    HttpRequest request = HttpRequest.get("/path");

    assertThatThrownBy(() -> HttpResponse.of(request, 200))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fallsBackAndTellsWhatWasTried() throws IOException {
    Step fallback = (request, chain) -> {
      HttpResponse response = chain.proceed(request);
      return response.status() < 500
          ? response
          : HttpResponse.of(request, 200).withBody(Body.of("stale", "text/plain"));
    };
    try (RawServer server = RawServer.answering(Agents.status(503, ""));
        HttpAgent agent = agent(fallback)) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo("stale");
      assertThat(response.attempts()).extracting(Attempt::status).containsExactly(503);
    }
  }

  @Test
  void changesFieldsAndKeepsTheBody() throws IOException {
    Step aged = (request, chain) -> {
      HttpResponse response = chain.proceed(request);
      return response.withHeaders(response.headers().with("Age", "3"));
    };
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(aged)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse response = agent.get(Agents.origin(server));

        assertThat(response.header("Age")).contains("3");
        assertThat(response.header("X-Old")).contains("1");
        assertThat(response.bytes()).hasSize(LARGE);
      }
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void givesABodyMadeOfTheOneThatCame() throws IOException {
    Step upper = (request, chain) -> {
      HttpResponse response = chain.proceed(request);
      return response.withBody(Body.of(response.text().toUpperCase(Locale.ROOT), "text/x-upper"));
    };
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(upper)) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo("X".repeat(LARGE));
      assertThat(response.header("Content-Type")).contains("text/x-upper");
      assertThat(response.header("Content-Length")).isEmpty();
      assertThat(agent.leasedConnections()).isZero();
      assertThat(agent.idleConnections()).isOne();
    }
  }

  /** A body that stands in the place of one that nobody read, and one that is made of it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void freesTheConnectionOfABodyThatWasReplaced(boolean made) throws IOException {
    Step replacing = (request, chain) -> {
      HttpResponse response = chain.proceed(request);
      return response.withBody(
          made ? Body.of(response.body(), "text/x-new") : Body.of("new", "text/x-new"));
    };
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(replacing)) {
      String origin = Agents.origin(server);
      assertThat(agent.get(origin).text()).hasSize(made ? LARGE : 3);
      assertThat(agent.leasedConnections()).isZero();
      assertThat(agent.get(origin).body().readAllBytes()).hasSize(made ? LARGE : 3);
      assertThat(agent.leasedConnections()).isZero();

      HttpResponse discarded = agent.get(origin);
      assertThat(agent.leasedConnections()).isOne();
      discarded.discard();
      assertThat(agent.leasedConnections()).isZero();

      agent.get(origin).body().close();
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void readsABodyThroughAStreamOfTheStep() throws IOException {
    List<ByteArrayOutputStream> copies = new ArrayList<>();
    Step copying = (request, chain) -> {
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      copies.add(copy);
      return chain.proceed(request).withBodyThrough(in -> new Copying(in, copy));
    };
    try (RawServer server =
            RawServer.answering(large(), Answers.ok("y".repeat(20_000)), Answers.ok("z"));
        HttpAgent agent = agent(copying)) {
      HttpResponse whole = agent.get(Agents.origin(server));
      assertThat(whole.bytes()).hasSize(LARGE);
      assertThat(whole.header("X-Old")).contains("1");
      agent.get(Agents.origin(server)).discard();
      HttpResponse present = agent.get(Agents.origin(server));
      present.close();

      assertThat(copies).extracting(ByteArrayOutputStream::size).containsExactly(LARGE, 20_000, 1);
      assertThat(present.text()).isEqualTo("z");
      assertThat(server.connections()).isOne();
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void givesATurnedBodyUpWithItsConnection() throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    List<Copying> streams = new ArrayList<>();
    Step copying = (request, chain) -> chain.proceed(request).withBodyThrough(in -> {
      Copying stream = new Copying(in, copy);
      streams.add(stream);
      return stream;
    });
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(copying)) {
      HttpResponse response = agent.get(Agents.origin(server));
      response.close();

      assertThat(streams.get(0).closed).isTrue();
      assertThat(agent.leasedConnections()).isZero();
      assertThatThrownBy(response::text).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void tellsTheReaderOfABodyThatItFailed() throws IOException {
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("thrown by a test");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw new IOException("thrown by a test");
      }
    };
    Step broken =
        (request, chain) -> chain.proceed(request).withBody(Body.of(failing, "text/plain"));
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(broken)) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThatThrownBy(response::text).hasMessage("thrown by a test");
      assertThatThrownBy(response::text)
          .isInstanceOf(ClientClosedException.class)
          .cause()
          .hasMessage("thrown by a test");
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void readsNoMoreOfAMadeBodyThanABodyMayHave() throws IOException {
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return 'x';
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return length;
      }
    };
    HttpOptions small = HttpOptions.builder().maxBodyBytes(1000).build();
    Step replacing =
        (request, chain) -> chain.proceed(request).withBody(Body.of(endless, "text/plain"));
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = HttpAgent.builder().options(small).step(replacing).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThatThrownBy(response::text).isInstanceOf(LimitExceededException.class);
      assertThat(agent.leasedConnections()).isZero();
      agent.get(Agents.origin(server)).discard();
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void isDecodedWhereAConnectionStepAnswers() throws IOException {
    byte[] packed = Packed.gzip("packed".getBytes(UTF_8));
    Step stub = (request, chain) -> {
      HttpResponse bare = HttpResponse.of(request, 200)
          .withBody(Body.of(new ByteArrayInputStream(packed), "text/plain"));
      return bare.withHeaders(bare.headers().with("Content-Encoding", "gzip"));
    };
    try (HttpAgent agent = HttpAgent.builder().connectionStep(stub).build()) {
      assertThat(agent.get(NOWHERE).text()).isEqualTo("packed");
      agent.get(NOWHERE).discard();
    }
  }

  @Test
  void cachesInAStep() throws IOException {
    Map<HttpUrl, HttpResponse> kept = new ConcurrentHashMap<>();
    Step cache = (request, chain) -> {
      HttpResponse known = kept.get(chain.url());
      if (known == null) {
        known = chain.proceed(request);
        known.bytes();
        kept.put(chain.url(), known);
      }
      return known;
    };
    try (RawServer server = RawServer.answering(large());
        HttpAgent agent = agent(cache)) {
      String origin = Agents.origin(server);

      assertThat(agent.get(origin).bytes()).hasSize(LARGE);
      assertThat(agent.get(origin).bytes()).hasSize(LARGE);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sendsARequestElsewhereWithoutWhatIsForOneOriginAlone(boolean first) throws IOException {
    try (RawServer dead = RawServer.answering(Agents.status(503, ""));
        RawServer mirror = RawServer.answering(Answers.ok("here"))) {
      HttpUrl other = HttpUrl.parse(Agents.origin(mirror) + "/mirror");
      Step elsewhere = (request, chain) -> {
        HttpResponse response = chain.proceed(request);
        return response.status() == 503 ? chain.proceed(request.withUrl(other)) : response;
      };
      HttpAgent.Builder builder = HttpAgent.builder();
      try (HttpAgent agent =
          (first ? builder.step(elsewhere) : builder.connectionStep(elsewhere)).build()) {
        HttpResponse response = agent.send(HttpRequest.put(Agents.origin(dead) + "/a")
            .header("X-Plain", "1")
            .header("Authorization", "Bearer secret")
            .body(Body.of("{}", "application/json")));

        assertThat(response.text()).isEqualTo("here");
        assertThat(response.url()).contains(other);
        assertThat(response.attempts())
            .extracting(Attempt::reason)
            .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.STEP);
        String head = mirror.requests().get(0).head();
        assertThat(head).startsWith("PUT /mirror HTTP/1.1").contains("X-Plain: 1");
        assertThat(head).doesNotContain("secret").contains("application/json");
      }
    }
  }

  @Test
  void keepsWhatIsSecretAtItsOrigin() {
    HttpRequest request = HttpRequest.get("http://peer.test/a")
        .secretHeader("X-Key", "secret")
        .header("Host", "virtual.test");

    HttpRequest there = request.withUrl(HttpUrl.parse("http://peer.test/b"));
    HttpRequest away = request.withUrl(HttpUrl.parse("https://u:p@peer.test/b"));

    assertThat(there.headers()).isEqualTo(request.headers());
    assertThat(there.target()).isEqualTo("/b");
    assertThat(away.headers()).isEqualTo(Headers.of("Authorization", "Basic dTpw"));
  }

  @Test
  void closesLikeOtherResources() throws IOException {
    try (RawServer server = RawServer.answering(large(), Answers.ok("y".repeat(20_000)));
        HttpAgent agent = HttpAgent.create()) {
      try (HttpResponse response = agent.get(Agents.origin(server))) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(agent.leasedConnections()).isZero();
      HttpResponse small = agent.get(Agents.origin(server));
      small.close();
      small.close();
      assertThat(small.text()).hasSize(20_000);
      assertThat(agent.idleConnections()).isOne();
    }
  }

  @Test
  void isClosedFromAnotherThread() throws Exception {
    RawAnswer stalled = RawAnswer.of(Answers.head(LARGE) + "start").thenStall();
    try (RawServer server = RawServer.answering(stalled);
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server));
      InputStream body = response.body();
      assertThat(body.readNBytes(5)).asString(UTF_8).isEqualTo("start");
      Caller<Integer> reader = Caller.start(body::read).awaitWaiting();

      response.close();

      assertThat(reader.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesAConnectionThatNobodyTook(boolean taken) throws IOException {
    RawAnswer switching =
        RawAnswer.of("HTTP/1.1 101 Switching\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n");
    try (RawServer server = RawServer.answering(switching);
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.send(HttpRequest.get(Agents.origin(server))
          .header("Upgrade", "chat")
          .header("Connection", "upgrade"));
      Wire early = taken ? response.wire() : null;
      response.close();

      try (Wire wire = response.wire()) {
        assertThat(wire.isOpen()).isEqualTo(early != null);
      }
    }
  }

  @Test
  void opensNothingThatNobodyReads(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("kept"), "kept");
    HttpResponse response =
        HttpResponse.of(HttpRequest.get(NOWHERE), 200).withBody(Body.of(file, "text/plain"));

    response.discard();

    assertThat(response.text()).isEqualTo("kept");
  }
}
