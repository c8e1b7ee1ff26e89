package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connection a request uses: the kept one, or a new one. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class KeepAliveTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void usesOneConnectionForManyRequests() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok("a"),
            Answers.chunked("b"),
            RawAnswer.of("HTTP/1.1 204 No Content\r\n\r\n"),
            RawAnswer.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
            Answers.ok(""),
            Answers.ok("z").byteByByte());
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo("a");
      assertThat(client.get("/").text()).isEqualTo("b");
      assertThat(client.get("/").text()).isEmpty();
      assertThat(client.get("/").text()).isEmpty();
      assertThat(client.get("/").text()).isEmpty();
      assertThat(client.get("/").text()).isEqualTo("z");
      assertThat(client.get("/").text()).isEqualTo("z");

      assertThat(server.requests()).hasSize(7);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '', 1",
    "HTTP/1.1, Connection: keep-alive, 1",
    "HTTP/1.1, Connection: close, 2",
    "HTTP/1.1, 'Connection: x, CLOSE', 2",
    "HTTP/1.1, Proxy-Connection: close, 2",
    "HTTP/1.1, Proxy-Connection: keep-alive, 1",
    "HTTP/1.0, '', 2",
    "HTTP/1.0, Connection: keep-alive, 1",
    "HTTP/1.0, Connection: Keep-Alive, 1",
    "HTTP/1.0, 'Connection: keep-alive, close', 2",
    "HTTP/1.1, 'Transfer-Encoding: chunked', 2",
  })
  void keepsAConnectionAsTheResponseSays(String version, String field, int connections)
      throws Exception {
    String fields = field.isEmpty() ? "" : field + "\r\n";
    boolean chunked = field.contains("chunked");
    RawAnswer answer = RawAnswer.of(version + " 200 OK\r\nContent-Length: 5\r\n" + fields + "\r\n"
        + (chunked ? "5\r\nhello\r\n0\r\n\r\n" : "hello"));
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo("hello");
      assertThat(client.get("/").text()).isEqualTo("hello");

      assertThat(server.connections()).isEqualTo(connections);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "600, 1"})
  void keepsAConnectionNoLongerThanTheServerSays(String timeout, int connections) throws Exception {
    String hint = "Keep-Alive: timeout=" + timeout + "\r\n";
    try (RawServer server = RawServer.answering(Answers.ok("", hint));
        HttpClient client = new HttpClient(server.endpoint());
        HttpAgent agent = HttpAgent.create()) {
      client.send(HttpRequest.post("/")).discard();
      client.send(HttpRequest.post("/")).discard();
      assertThat(server.connections()).isEqualTo(connections);

      agent.send(HttpRequest.post(Agents.origin(server))).discard();
      agent.send(HttpRequest.post(Agents.origin(server))).discard();
      assertThat(server.connections()).isEqualTo(2 * connections);
    }
  }

  @Test
  void saysCloseAndHangsUpWhenItIsToldNotToKeepConnections() throws Exception {
    HttpOptions options = HttpOptions.builder().keepAlive(false).build();
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      client.get("/").text();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      client.get("/").text();

      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests().get(0).head()).contains("\r\nConnection: close\r\n");
    }
  }

  @Test
  void hangsUpAfterARequestThatSaysClose() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(HttpRequest.get("/").header("Connection", "close"));
      client.get("/");
      client.get("/");

      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 2, 2);
    }
  }

  @Test
  void speaksHttp10AndKeepsTheConnectionWhereTheServerAgrees() throws Exception {
    HttpOptions options = HttpOptions.builder().version(HttpVersion.HTTP_1_0).build();
    RawAnswer agreed =
        RawAnswer.of("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx");
    RawAnswer silent = RawAnswer.of("HTTP/1.0 200 OK\r\n\r\nto the end").thenClose();
    try (RawServer server = RawServer.answering(agreed, silent, agreed);
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(client.get("/").text()).isEqualTo("to the end");
      assertThat(client.get("/").text()).isEqualTo("x");

      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
      assertThat(server.requests().get(0).head())
          .startsWith("GET / HTTP/1.0\r\n")
          .contains("\r\nConnection: keep-alive\r\n");
    }
  }

  @Test
  void closesItsSendingEndWhenAsked() throws Exception {
    HttpOptions options = HttpOptions.builder().halfClose(true).build();
    try (PeerServer server = PeerServer.start(connection -> {
          String asked = new String(connection.input().readAllBytes(), ISO_8859_1);
          connection.write(Answers.text(asked.contains("Connection: close") ? "ended" : "?"));
        });
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      assertThat(client.get("/").text()).isEqualTo("ended");
      assertThat(client.get("/").text()).isEqualTo("ended");

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void dialsAgainWhenTheServerHungUpInBetween() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(Answers.text("from " + connection.number()));
          connection.close();
          closed.countDown();
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse first = client.get("/");
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      HttpResponse second = client.send(HttpRequest.post("/"));

      assertThat(first.text()).isEqualTo("from 1");
      assertThat(second.text()).isEqualTo("from 2");
    }
  }

  @Test
  void neverTakesBytesOfAnIdleConnectionForAnAnswer() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(Answers.text("from " + connection.number()));
          if (connection.number() == 1) {
            idle.await();
            connection.write(Answers.text("evil"));
            sent.countDown();
          }
          connection.awaitClosedByPeer(SOON);
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").text();
      idle.countDown();
      assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(client.get("/").text()).isEqualTo("from 2");
    }
  }

  @Test
  void leavesLeftoverBytesOfEachKindOfBody() throws Exception {
    String evil = Answers.text("evil");
    List<String> good = List.of(
        Answers.text("good"),
        Answers.chunkedHead() + "4\r\ngood\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n");
    for (String response : good) {
      try (RawServer server =
              RawServer.answering(RawAnswer.of(response + evil), Answers.ok("next"));
          HttpClient client = new HttpClient(server.endpoint())) {
        assertThat(client.get("/").text()).isIn("good", "");

        assertThat(client.get("/").text()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(2);
      }
    }
  }

  @Test
  void takesAResponseWithoutABodyForOneThoughItAnnouncesSome() throws Exception {
    RawAnswer lying = RawAnswer.of("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");
    try (RawServer server = RawServer.answering(lying, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEmpty();

      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
