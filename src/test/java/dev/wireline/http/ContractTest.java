package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that a user writes, word for word. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ContractTest {
  private static final String FIELDS = "Content-Type: text/plain; charset=UTF-8\r\n";

  @Test
  void showsAllOfAPage() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello\nyou", FIELDS));
        var http = new HttpClient("localhost:" + server.endpoint().port())) {
      HttpResponse page = http.get("/");

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.reason()).isEqualTo("OK");
      assertThat(page.version()).isEqualTo(HttpVersion.HTTP_1_1);
      assertThat(page.headers().names()).containsExactly("Content-Length", "Content-Type");
      assertThat(page.header("content-type")).contains("text/plain; charset=UTF-8");
      assertThat(page.text()).isEqualTo("hello\nyou");
    }
  }

  @Test
  void readsABodyInEachWay(@TempDir Path folder) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello\nyou", FIELDS));
        var http = new HttpClient("localhost:" + server.endpoint().port())) {
      Path file = folder.resolve("page");

      assertThat(http.get("/").bytes()).isEqualTo("hello\nyou".getBytes(UTF_8));
      try (InputStream body = http.get("/").body()) {
        assertThat(body.readAllBytes()).isEqualTo("hello\nyou".getBytes(UTF_8));
      }
      try (Stream<String> lines = http.get("/").lines()) {
        assertThat(lines).containsExactly("hello", "you");
      }
      http.get("/").saveTo(file);
      assertThat(Files.readString(file)).isEqualTo("hello\nyou");
      http.get("/").discard();

      assertThat(server.requests()).hasSize(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void asksForTheRootWhenNothingIsAsked() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        var http = new HttpClient("localhost:" + server.endpoint().port())) {
      http.get("");
      http.get("/");

      String root = "GET / HTTP/1.1\r\nHost: localhost:" + server.endpoint().port()
          + "\r\nUser-Agent: Wireline\r\n\r\n";
      assertThat(server.requests().get(0).head()).isEqualTo(root);
      assertThat(server.requests().get(1).head()).isEqualTo(root);
    }
  }

  @Test
  void asksForAHead() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(Answers.head(4000)));
        var http = new HttpClient("localhost:" + server.endpoint().port())) {
      assertThat(http.head("/").status()).isEqualTo(200);

      assertThat(http.head("/").text()).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests().get(1).head()).startsWith("HEAD / HTTP/1.1\r\n");
    }
  }

  @Test
  void sendsARequestThatIsAValue() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        var http = new HttpClient("localhost:" + server.endpoint().port())) {
      http.send(
          HttpRequest.post("/items").header("X-Id", "7").body(Body.of("{}", "application/json")));

      assertThat(server.requests().get(0).head())
          .isEqualTo(
              "POST /items HTTP/1.1\r\nHost: localhost:"
                  + server.endpoint().port()
                  + "\r\nUser-Agent: Wireline\r\nX-Id: 7\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");
      assertThat(server.requests().get(0).bodyText()).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, localhost, 8080, false",
    "example.org, example.org, 80, false",
    "https://example.org, example.org, 443, true",
    "http://example.org, example.org, 80, false",
    "https://example.org:8443, example.org, 8443, true",
    "[::1]:8080, ::1, 8080, false",
    "unix:/run/app.sock, localhost, -1, false"
  })
  void isMadeWithoutIo(String text, String host, int port, boolean tls) {
    try (var http = new HttpClient(text)) {
      Endpoint endpoint = http.endpoint();

      assertThat(endpoint.host()).isEqualTo(host);
      assertThat(endpoint.port()).isEqualTo(port);
      assertThat(endpoint.isTls()).isEqualTo(tls);
      assertThat(http.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void treatsEveryStatusAsAnAnswer() throws Exception {
    String missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone";
    try (RawServer server = RawServer.answering(RawAnswer.of(missing), Answers.ok("x"));
        var http = new HttpClient(server.endpoint())) {
      HttpResponse response = http.get("/");

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.reason()).isEqualTo("Not Found");
      assertThat(response.text()).isEqualTo("gone");
      assertThat(http.get("/").status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
