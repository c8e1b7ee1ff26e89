package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/guide/http/send.md. */
@Timeout(60)
class HttpGuideSendTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void sendsABody() throws IOException {
    try (var server =
            RawServer.answering(Answers.status("201 Created", "Location: /items/7\r\n", ""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/items";

      // docs: http-send
      HttpRequest request = HttpRequest.post(url)
          .header("Accept", "application/json")
          .body(Body.of("{\"name\":\"wire\"}", "application/json"));
      HttpResponse answer = agent.send(request);
      System.out.println(answer.status() + " " + answer.header("Location").orElse(""));
      // end: http-send

      assertThat(printed.lines()).containsExactly("201 /items/7");
      assertThat(server.requests().get(0).bodyText()).isEqualTo("{\"name\":\"wire\"}");
      assertThat(server.requests().get(0).head())
          .isEqualTo("POST /items HTTP/1.1\r\nHost: " + server.endpoint().authority()
              + "\r\nUser-Agent: " + HttpOptions.standard().userAgent()
              + "\r\nAccept: application/json\r\nAccept-Encoding: gzip, deflate\r\n"
              + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n");
    }
  }

  @Test
  void sendsNoFieldOfItsOwnFromAClientThatIsToldSo() throws IOException {
    HttpOptions quiet = HttpOptions.builder().userAgent("").build();
    try (var server = RawServer.answering(Answers.ok(""));
        var client = new HttpClient(server.endpoint(), quiet)) {
      client.get("/").discard();

      assertThat(server.requests().get(0).head())
          .isEqualTo("GET / HTTP/1.1\r\nHost: " + server.endpoint().authority() + "\r\n\r\n");
    }
  }

  @Test
  void makesRequestsOfOneAnother() throws IOException {
    try (var server = RawServer.answering(Answers.ok("one"), Answers.ok("two"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/search";

      // docs: http-request-values
      HttpRequest search = HttpRequest.get(url).header("User-Agent", "harbour/1.0");
      HttpRequest tides = search.query("q", "tide & wind");
      System.out.println(agent.send(tides.query("page", "1")).text());
      System.out.println(agent.send(tides.query("page", "2")).text());
      // end: http-request-values

      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(server.requests())
          .extracting(Object::toString)
          .containsExactly(
              "connection 1: GET /search?q=tide%20%26%20wind&page=1 HTTP/1.1",
              "connection 1: GET /search?q=tide%20%26%20wind&page=2 HTTP/1.1");
    }
  }

  @Test
  void sendsTheSameFieldsEachTime() throws IOException {
    try (var server = RawServer.answering(Answers.ok("one"), Answers.ok("two"))) {
      String base = Answers.origin(server) + "/v2/";
      String token = "4711";

      // docs: http-defaults
      HttpOptions options = HttpOptions.builder()
          .userAgent("harbour/1.0")
          .header("Accept", "application/json")
          .secretHeader("Authorization", "Bearer " + token)
          .build();
      HttpAgent api = HttpAgent.builder().base(base).options(options).build();
      // end: http-defaults

      try (api) {
        // docs: http-base
        System.out.println(api.get("items/7").text());
        HttpRequest post = HttpRequest.of("POST", api.url("items"));
        System.out.println(
            api.send(post.body(Body.of("{}", "application/json"))).text());
        // end: http-base
      }

      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(server.requests())
          .extracting(request -> request.head().lines().findFirst().orElseThrow())
          .containsExactly("GET /v2/items/7 HTTP/1.1", "POST /v2/items HTTP/1.1");
      assertThat(Answers.fields(server, "User-Agent")).containsOnly("harbour/1.0");
      assertThat(Answers.fields(server, "Authorization")).containsOnly("Bearer 4711");
    }
  }

  @Test
  void resolvesReferences() {
    // docs: http-resolve
    HttpUrl page = HttpUrl.parse("https://example.org/news/today?full");
    HttpUrl picture = page.resolve("../pictures/7.png");
    HttpRequest request = HttpRequest.of("GET", picture);
    // end: http-resolve

    assertThat(request.url()).hasValue(HttpUrl.parse("https://example.org/pictures/7.png"));
  }

  @Test
  void buildsUrls() {
    String name = "a/b? 100%";

    // docs: http-build
    HttpUrl folder = HttpUrl.parse("https://example.org/files/");
    HttpUrl file = folder.segment(name).query("version", "2 & 3");
    System.out.println(file);
    System.out.println(file.parameter("version").orElse("none"));
    // end: http-build

    assertThat(printed.lines())
        .containsExactly(
            "https://example.org/files/a%2Fb%3F%20100%25?version=2%20%26%203", "2 & 3");
  }

  @Test
  void changesFields() {
    HttpRequest request = HttpRequest.get("/").header("Accept", "text/html");
    String key = "k";

    // docs: http-fields
    HttpRequest changed = request
        .header("Accept-Language", "en")
        .header("Accept-Language", "fr")
        .replacingHeader("Accept", "text/plain")
        .withoutHeader("User-Agent")
        .secretHeader("X-Api-Key", key);
    // end: http-fields

    assertThat(changed.headers().all("Accept-Language")).containsExactly("en", "fr");
    assertThat(changed.headers().all("Accept")).containsExactly("text/plain");
    assertThat(changed.toString()).contains("X-Api-Key").doesNotContain("k ", "text/plain");
    assertThat(request.headers().size()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/caf\u00e9",
        "https://example.org/a b",
        "https://example.org/\r\nX: y",
        "https://a\\b/",
        "ftp://example.org/"
      })
  void refusesUrlsThatAreNotEncoded(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpRequest.get(url));
  }

  @Test
  void refusesFieldsThatWouldBreakTheRequest() {
    HttpRequest request = HttpRequest.get("/");

    assertThatIllegalArgumentException().isThrownBy(() -> request.header("X", "a\r\nEvil: b"));
    assertThatIllegalArgumentException().isThrownBy(() -> request.header("X", "caf\u00e9"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.header("Transfer-Encoding", "chunked"));
  }
}
