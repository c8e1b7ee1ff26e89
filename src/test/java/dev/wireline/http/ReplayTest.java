package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is sent twice only when that is safe; the server counts. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ReplayTest {
  private static final RawAnswer HANGS_UP = RawAnswer.of("").thenClose();
  private static final RawAnswer RESETS = RawAnswer.of("").thenReset();

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
  void sendsAnIdempotentRequestAgainWhenAKeptConnectionDied(String method) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""), HANGS_UP, Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");

      HttpResponse response = client.send(HttpRequest.of(method, "/second"));

      assertThat(response.status()).isEqualTo(200);
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
      assertThat(server.requests().get(2).head())
          .isEqualTo(server.requests().get(1).head());
    }
  }

  @Test
  void sendsARequestAgainThatItsServerWouldKnow() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""), HANGS_UP, Answers.ok("done"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");
      HttpRequest request = HttpRequest.post("/").header("Idempotency-Key", "\"7\"");

      assertThat(client.send(request).text()).isEqualTo("done");
    }
  }

  @Test
  void sendsTheBodyAgainToo() throws Exception {
    for (int size : new int[] {0, 10, 100_000}) {
      Body body = Body.of(new byte[size], "application/octet-stream");
      try (RawServer server = RawServer.answering(Answers.ok(""), RESETS, Answers.ok("done"));
          HttpClient client = new HttpClient(server.endpoint())) {
        client.get("/first");

        assertThat(client.send(HttpRequest.put("/").body(body)).text()).isEqualTo("done");
        assertThat(server.requests().get(2).body()).hasSize(size);
        assertThat(server.requests()).hasSize(3);
      }
    }
  }

  @Test
  void neverSendsAStreamAgain() throws Exception {
    Source source = Source.of(new byte[10]);
    try (RawServer server = RawServer.answering(Answers.ok(""), HANGS_UP, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");
      HttpRequest request = HttpRequest.put("/").body(Body.of(source, "a/b"));

      assertThat(catchThrowableOfType(ConnectionClosedException.class, () -> client.send(request)))
          .isNotNull();
      assertThat(server.requests()).hasSize(2);
      assertThat(source.isClosed()).isTrue();
    }
  }

  @Test
  void opensASourceAgain() throws Exception {
    Body body = Body.of(() -> Source.of(new byte[10]), "a/b");
    try (RawServer server = RawServer.answering(Answers.ok(""), HANGS_UP, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");

      assertThat(client.send(HttpRequest.put("/").body(body)).text()).isEqualTo("next");
      assertThat(server.requests().get(2).body()).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "get", "MKCOL"})
  void neverSendsAnotherRequestAgain(String method) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""), HANGS_UP, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");

      ConnectionClosedException e = catchThrowableOfType(
          ConnectionClosedException.class, () -> client.send(HttpRequest.of(method, "/")));

      assertThat(e.phase()).isEqualTo(Phase.HEAD);
      assertThat(e.connectionUsable()).isFalse();
      assertThat(server.requests()).hasSize(2);
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "H",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n"
      })
  void neverSendsAgainWhenAByteOfAResponseWasSeen(String part) throws Exception {
    RawAnswer cut = RawAnswer.of(part).thenClose();
    try (RawServer server = RawServer.answering(Answers.ok(""), cut, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");

      ConnectionClosedException e =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.get("/"));

      assertThat(e.phase()).isEqualTo(Phase.HEAD);
      assertThat(server.requests()).hasSize(2);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void neverSendsAgainWhenABodyWasCut() throws Exception {
    RawAnswer cut = RawAnswer.of(Answers.head(10) + "hello").thenClose();
    try (RawServer server = RawServer.answering(Answers.ok(""), cut, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");
      HttpResponse response = client.get("/");

      assertThat(catchThrowableOfType(ConnectionClosedException.class, response::text)
              .phase())
          .isEqualTo(Phase.BODY);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void neverSendsAgainOnAFreshConnection() throws Exception {
    for (RawAnswer end : new RawAnswer[] {HANGS_UP, RESETS}) {
      try (RawServer server = RawServer.answering(end, Answers.ok("next"));
          HttpClient client = new HttpClient(server.endpoint())) {
        assertThat(catchThrowableOfType(ConnectionClosedException.class, () -> client.get("/")))
            .hasMessageContaining(server.endpoint().toString());
        assertThat(server.requests()).hasSize(1);
        assertThat(client.state()).isEqualTo(ConnectionState.NEW);
        assertThat(client.get("/").text()).isEqualTo("next");
      }
    }
  }

  @Test
  void sendsAgainOnce() throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.ok(""), HANGS_UP, HANGS_UP, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first");

      WirelineException e = catchThrowableOfType(WirelineException.class, () -> client.get("/"));

      assertThat(e).isInstanceOf(ConnectionClosedException.class);
      assertThat(e.getSuppressed()).hasSize(1);
      assertThat(e.getSuppressed()[0]).isInstanceOf(ConnectionClosedException.class);
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void sendsAgainOverTlsWhereTheConnectionWasCut() throws Exception {
    RawAnswer cut = RawAnswer.of("").then(RawAnswer.Ending.CUT);
    try (RawServer server =
            RawServer.builder(Answers.ok(""), cut, Answers.ok("next")).tls().start();
        HttpClient client = Clients.trusting(server)) {
      client.get("/first");

      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
    }
  }
}
