package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.header.Headers;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of every framing, in each way to read them. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseBodyTest {
  private static final String LONG = "0123456789abcdef".repeat(5_000);

  static Stream<Arguments> bodies() {
    List<Arguments> bodies = List.of(
        arguments("a length", Answers.ok("hello"), "hello"),
        arguments("no bytes", Answers.ok(""), ""),
        arguments("a long one", Answers.ok(LONG), LONG),
        arguments("a list of equal lengths", equalLengths(), "hello"),
        arguments("chunks", Answers.chunked("hel", "l", "o"), "hello"),
        arguments("no chunks", Answers.chunked(), ""),
        arguments("long chunks", Answers.chunked(LONG, "x", LONG), LONG + "x" + LONG),
        arguments("extensions and trailers", extended(), "hello"),
        arguments("until close", Answers.untilClose("hello"), "hello"),
        arguments("until close, long", Answers.untilClose(LONG), LONG),
        arguments("until close, none", Answers.untilClose(""), ""),
        arguments("204", RawAnswer.of("HTTP/1.1 204 No Content\r\n\r\n"), ""),
        arguments("304", RawAnswer.of("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"), ""));
    return bodies.stream().flatMap(one -> {
      RawAnswer answer = (RawAnswer) Objects.requireNonNull(one.get()[1]);
      Object text = Objects.requireNonNull(one.get()[2]);
      return Stream.of(one, arguments(one.get()[0] + ", byte by byte", answer.byteByByte(), text));
    });
  }

  private static RawAnswer equalLengths() {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello");
  }

  private static RawAnswer extended() {
    return RawAnswer.of(Answers.chunkedHead()
        + "3;a=b;c=\"d e\"\r\nhel\r\n2 ;x\r\nlo\r\n0;last\r\nX-Sum: 7\r\nX-More: m\r\n\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void areReadWholeAgainAndAgain(String name, RawAnswer answer, String text) throws Exception {
    try (RawServer server = RawServer.answering(answer, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.text()).isEqualTo(text);
      assertThat(response.text()).isEqualTo(text);
      assertThat(response.bytes()).isEqualTo(text.getBytes(ISO_8859_1));
      assertThat(response.body().readAllBytes()).isEqualTo(text.getBytes(ISO_8859_1));
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(response.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void areStreamed(String name, RawAnswer answer, String text) throws Exception {
    try (RawServer server = RawServer.answering(answer, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      InputStream body = client.get("/").body();

      for (char c : text.substring(0, Math.min(text.length(), 20)).toCharArray()) {
        assertThat(body.read()).isEqualTo(c);
      }
      byte[] rest = body.readAllBytes();
      assertThat(new String(rest, ISO_8859_1))
          .isEqualTo(text.substring(text.length() - rest.length));
      assertThat(body.read()).isEqualTo(-1);
      assertThat(body.read(new byte[8])).isEqualTo(-1);
      body.close();
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void givesTheSameArrayEachTime() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.bytes())
          .isSameAs(response.bytes())
          .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void givesTrailersOnceTheBodyWasReadAndNeverAmongTheHeaders() throws Exception {
    try (RawServer server = RawServer.answering(extended());
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.trailers()).isEqualTo(Headers.empty());
      assertThat(response.text()).isEqualTo("hello");
      assertThat(response.trailers()).isEqualTo(Headers.of("X-Sum", "7", "X-More", "m"));
      assertThat(response.header("X-Sum")).isEmpty();
    }
  }

  @Test
  void givesNoTrailersForOtherBodies() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok("hello"), Answers.ok("hello").byteByByte(), Answers.untilClose("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      for (int i = 0; i < 3; i++) {
        HttpResponse response = client.get("/");

        assertThat(response.trailers()).isEqualTo(Headers.empty());
        response.text();
        assertThat(response.trailers()).isEqualTo(Headers.empty());
      }
    }
  }

  /** What arrived with the head and what came later must not differ. */
  static Stream<Arguments> arrivals() {
    return Stream.of(
        arguments("with the head", Answers.ok("hello")),
        arguments("later", Answers.ok("hello").byteByByte()),
        arguments("in chunks", Answers.chunked("hello")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arrivals")
  void areStreamedOnce(String name, RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      InputStream body = response.body();

      assertThatThrownBy(response::body).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::text).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::bytes).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::lines).isInstanceOf(IllegalStateException.class);
      assertThat(body.readAllBytes()).hasSize(5);
      assertThatThrownBy(response::text)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the body was streamed: it can be read once");
      assertThat(client.get("/").text()).isEqualTo("hello");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arrivals")
  void areCutIntoLinesOnce(String name, RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.lines()).containsExactly("hello");
      assertThatThrownBy(response::lines).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::body).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::text).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arrivals")
  void areReadInEveryWayOnceTheyAreInMemory(String name, RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      response.text();

      assertThat(response.lines()).containsExactly("hello");
      assertThat(response.lines()).containsExactly("hello");
      assertThat(response.body().readAllBytes()).hasSize(5);
      assertThat(response.text()).isEqualTo("hello");
    }
  }
}
