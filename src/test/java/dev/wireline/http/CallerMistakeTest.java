package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller's mistake is refused before a byte leaves, and the connection stays as it was. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CallerMistakeTest {

  @FunctionalInterface
  private interface Mistake {
    void on(HttpClient client) throws IOException;
  }

  private static Arguments mistake(String name, Mistake mistake) {
    return arguments(name, mistake);
  }

  private static Arguments method(String name, String method) {
    return mistake("a method: " + name, client -> client.send(HttpRequest.of(method, "/")));
  }

  private static Arguments target(String name, String target) {
    return mistake("a target: " + name, client -> client.get(target));
  }

  private static Arguments field(String name, String field, String value) {
    return mistake(
        "a field: " + name, client -> client.send(HttpRequest.get("/").header(field, value)));
  }

  static Stream<Arguments> mistakes() {
    Body body = Body.of("x", "text/plain");
    return Stream.of(
        method("none", ""),
        method("a blank", "G T"),
        method("CRLF", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"),
        method("a tunnel", "CONNECT"),
        target("CRLF", "/ HTTP/1.1\r\nX: y"),
        target("LF", "/\n"),
        target("NUL", "/\u0000"),
        target("a blank", "/a b"),
        target("a fragment", "/#top"),
        target("another origin", "http://example.org/"),
        target("no slash", "index.html"),
        target("a low byte of CR", "/\u010d"),
        mistake("a target: head", client -> client.head("/\r\n")),
        field("no name", "", "x"),
        field("CRLF in the name", "X: y\r\nZ", "x"),
        field("a colon in the name", "X:", "x"),
        field("CRLF in the value", "X", "y\r\nZ: z"),
        field("LF in the value", "X", "y\nZ: z"),
        field("NUL in the value", "X", "\u0000"),
        field("a low byte of LF", "X", "\u010a"),
        field("a transfer coding", "Transfer-Encoding", "chunked"),
        field("a second host", "Host", "a b"),
        field("a length that is none", "Content-Length", "-1"),
        field("a length without a body", "Content-Length", "5"),
        field("an expectation without a body", "Expect", "100-continue"),
        field("another expectation", "Expect", "200-maybe"),
        mistake(
            "a length that is not the body's",
            client -> client.send(HttpRequest.post("/").body(body).header("Content-Length", "2"))),
        mistake("a media type", client -> Body.of("x", "text/plain\r\nX: y")),
        mistake("a lone surrogate", client -> Body.of("\ud800", "text/plain")),
        mistake("TRACE with a body", client -> HttpRequest.of("TRACE", "/").body(body)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void isRefusedOnAKeptConnection(String name, Mistake mistake) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/first").text();
      assertThatThrownBy(() -> mistake.on(client)).isInstanceOf(IllegalArgumentException.class);
      assertThat(client.get("/second").text()).isEqualTo("x");

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).head()).startsWith("GET /second HTTP/1.1\r\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void leavesAnUnreadBodyAlone(String name, Mistake mistake) throws Exception {
    String large = "x".repeat(200_000);
    try (RawServer server = RawServer.answering(Answers.ok(large));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse earlier = client.get("/");
      assertThatThrownBy(() -> mistake.on(client)).isInstanceOf(IllegalArgumentException.class);

      assertThat(earlier.text()).isEqualTo(large);
    }
  }

  @Test
  void dialsNothing() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      for (Arguments one : mistakes().toList()) {
        Mistake mistake = (Mistake) Objects.requireNonNull(one.get()[1]);
        assertThatThrownBy(() -> mistake.on(client)).isInstanceOf(IllegalArgumentException.class);
      }

      assertThat(server.connections()).isZero();
    }
  }
}
