package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content codings and types that nobody asked for, a 417 to an expectation, and events under odd types. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CodingsServersSendTest {
  private static final byte[] PACKED = Packed.gzip("data: hello\n\n".getBytes(ISO_8859_1));

  private static RawAnswer packed(int status, String fields) {
    String head = "HTTP/1.1 " + status + " X\r\nContent-Encoding: gzip\r\nContent-Length: "
        + PACKED.length + "\r\n";
    return RawAnswer.of(head + fields + "\r\n").and(PACKED);
  }

  @ParameterizedTest
  @CsvSource({
    "X, y",
    "Accept, text/event-stream",
    "Accept, 'application/json, text/event-stream'",
    "Accept, */*",
    "Range, bytes=0-",
    "Accept-Encoding, identity",
  })
  void whatComesCodedIsUndoneThoughNothingWasOffered(String name, String value) throws Exception {
    RawAnswer answer = packed(200, "");
    try (RawServer server = RawServer.answering(answer, answer);
        HttpAgent agent = HttpAgent.create();
        HttpClient client = new HttpClient(server.endpoint())) {
      for (HttpResponse response : List.of(
          agent.send(HttpRequest.get(Agents.origin(server)).header(name, value)),
          client.send(HttpRequest.get("/").header(name, value)))) {
        assertThat(response.text()).isEqualTo("data: hello\n\n");
        assertThat(response.headers().contains("Content-Encoding")).isFalse();
        assertThat(response.headers().contains("Content-Length")).isFalse();
      }
    }
  }

  @Test
  void aPartOfACodedBodyIsNotUndone() throws Exception {
    RawAnswer answer = packed(206, "Content-Range: bytes 0-9/10\r\n");
    try (RawServer server = RawServer.answering(answer, answer);
        HttpAgent agent = HttpAgent.create();
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = HttpRequest.get(Agents.origin(server)).header("Range", "bytes=0-");

      assertThat(agent.send(request).bytes()).isEqualTo(PACKED);
      assertThat(client.send(request).bytes()).isEqualTo(PACKED);
    }
  }

  @Test
  void whatTheCallerOffersTheCallerUndoes() throws Exception {
    try (RawServer server = RawServer.answering(packed(200, ""));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = HttpRequest.get("/").header("Accept-Encoding", "gzip");

      assertThat(client.send(request).bytes()).isEqualTo(PACKED);
    }
  }

  @Test
  void moreCodingsThanAreUndoneAreHandedOn() throws Exception {
    RawAnswer answer =
        Answers.ok("body", "Content-Encoding: gzip, gzip, gzip\r\nContent-Type: text/plain\r\n");
    try (RawServer server = RawServer.answering(answer);
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo("body");
      assertThat(response.headers().all("Content-Encoding")).containsExactly("gzip, gzip, gzip");
    }
  }

  @Test
  void eventsComeOutOfACodedBody() throws Exception {
    RawAnswer answer = packed(200, "Content-Type: text/event-stream\r\n");
    try (RawServer server = RawServer.answering(answer, answer);
        HttpAgent agent = HttpAgent.create();
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request =
          HttpRequest.get(Agents.origin(server)).header("Accept", "text/event-stream");

      assertThat(agent.send(request).events().map(ServerSentEvent::data)).containsExactly("hello");
      assertThat(client.send(request).events().map(ServerSentEvent::data)).containsExactly("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type: text/html\r\nContent-Type: text/event-stream\r\n",
        "Content-Type: application/octet-stream\r\n",
      })
  void eventsAreReadUnderAnyContentTypeWhereTheCallerKnowsBetter(String type) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("data: a\n\ndata: b\n\n", type));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").eventsOfAnyType().map(ServerSentEvent::data))
          .containsExactly("a", "b");
    }
  }

  @Test
  void a417IsAskedOnceMoreWithoutTheExpectation() throws Exception {
    RawAnswer refusal = Agents.status(417, "Connection: close\r\n").thenClose();
    RawAnswer done = Answers.ok("done").thenClose();
    try (RawServer server = RawServer.answering(refusal, done, refusal, done);
        HttpAgent agent = HttpAgent.create();
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = expecting(Agents.origin(server));

      HttpResponse response = agent.send(request);

      assertThat(response.text()).isEqualTo("done");
      assertThat(response.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.EXPECTATION);
      assertThat(client.send(request).text()).isEqualTo("done");
      assertThat(server.requests().get(1).head()).doesNotContain("Expect");
      assertThat(server.requests().get(1).bodyText()).isEqualTo("content");
    }
  }

  @Test
  void asecond417IsTheAnswer() throws Exception {
    RawAnswer refusal = Agents.status(417, "Connection: close\r\n").thenClose();
    try (RawServer server = RawServer.answering(refusal, refusal);
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.send(expecting(Agents.origin(server))).status()).isEqualTo(417);
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static HttpRequest expecting(String url) throws IOException {
    return HttpRequest.post(url)
        .header("Expect", "100-continue")
        .body(Body.of("content", "text/plain"));
  }
}
