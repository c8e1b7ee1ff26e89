package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that each request gets, the name of the client, and the base of an agent. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DefaultFieldsTest {
  private static final HttpOptions OPTIONS = HttpOptions.builder()
      .userAgent("harbour/1.0 (tides)")
      .header("X-Plain", "1")
      .header("X-Plain", "2")
      .secretHeader("X-Key", "secret")
      .header("Authorization", "Bearer secret")
      .build();

  @Test
  void areSentByAClientUnlessTheRequestHasThem() throws IOException {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint(), OPTIONS)) {
      client.get("/");
      client.send(HttpRequest.get("/").header("x-plain", "own").header("user-agent", "me"));

      assertThat(server.requests().get(0).head())
          .contains(
              "User-Agent: harbour/1.0 (tides)\r\n",
              "X-Plain: 1\r\nX-Plain: 2\r\n",
              "X-Key: secret\r\n",
              "Authorization: Bearer secret\r\n");
      assertThat(server.requests().get(1).head())
          .contains("x-plain: own\r\n", "user-agent: me\r\n", "X-Key: secret\r\n")
          .doesNotContain("X-Plain", "User-Agent");
    }
  }

  @Test
  void keepTheirSecretsFromATrace() throws IOException {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint(), OPTIONS)) {
      client.send(HttpRequest.of("TRACE", "/"));

      assertThat(server.requests().get(0).head()).contains("X-Plain").doesNotContain("secret");
    }
  }

  @Test
  void showNoSecretInAText() {
    assertThat(OPTIONS.toString()).contains("harbour/1.0", "X-Key").doesNotContain("secret");
    assertThat(HttpOptions.builder().userAgent("").build().toString()).contains("userAgent none");
  }

  @Test
  void goOnInOptionsThatDiffer() {
    HttpOptions more = OPTIONS.toBuilder().maxHeaders(3).build();

    assertThat(more.userAgent()).isEqualTo(OPTIONS.userAgent());
    assertThat(more.headers()).isEqualTo(OPTIONS.headers());
    assertThat(more.headers().isSecret("X-Key")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Transfer-Encoding, chunked", "Host, a b", "Not a token, x", "X, \u00e9"})
  void areCheckedWhenTheyAreSet(String name, String value) {
    HttpOptions.Builder builder = HttpOptions.builder();

    assertThatThrownBy(() -> builder.header(name, value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.build().headers().size()).isZero();
  }

  @Test
  void refuseANameThatIsNoField() {
    HttpOptions.Builder builder = HttpOptions.builder();

    assertThatThrownBy(() -> builder.userAgent("a\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepTheirSecretsAtTheOriginOfTheBase() throws IOException {
    try (RawServer other = RawServer.answering(Answers.ok("there"));
        RawServer server = RawServer.answering(
            Agents.redirect(302, Agents.origin(other) + "/moved"), Answers.ok("here"));
        HttpAgent agent = HttpAgent.builder()
            .base(Agents.origin(server) + "/v2/")
            .options(OPTIONS)
            .build()) {
      assertThat(agent.get("moved").text()).isEqualTo("there");
      assertThat(agent.get(Agents.origin(other)).text()).isEqualTo("there");
      assertThat(agent.get("items/7").text()).isEqualTo("here");

      assertThat(server.requests())
          .allSatisfy(request -> assertThat(request.head()).contains("X-Key: s", "Bearer secret"));
      assertThat(other.requests())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.head())
              .contains("X-Plain: 1", "User-Agent: harbour")
              .doesNotContain("secret"));
    }
  }

  @Test
  void haveNoSecretsWithoutABase() {
    HttpAgent.Builder builder = HttpAgent.builder().options(OPTIONS);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("X-Key is a secret");
  }

  @ParameterizedTest
  @CsvSource({
    "items/7?x, http://peer.test/v2/items/7?x",
    "/status, http://peer.test/status",
    "../v1/a, http://peer.test/v1/a",
    "'', http://peer.test/v2/",
    "http://other.test/a, http://other.test/a",
  })
  void beginAtTheBase(String reference, String whole) throws IOException {
    Step stub = (request, chain) -> HttpResponse.of(request, 204);
    try (HttpAgent agent =
        HttpAgent.builder().base("http://peer.test/v2/").step(stub).build()) {
      assertThat(agent.url(reference)).hasToString(whole);
      assertThat(agent.get(reference).url()).contains(HttpUrl.parse(whole));
      assertThat(agent.head(reference).url()).contains(HttpUrl.parse(whole));
    }
  }

  /** A path of a request is what stands in its first line, and names no host. */
  @ParameterizedTest
  @ValueSource(strings = {"/a?b", "//other.test/a"})
  void takeThePathOfARequest(String path) throws IOException {
    Step stub = (request, chain) -> HttpResponse.of(request, 204);
    try (HttpAgent agent =
        HttpAgent.builder().base("http://peer.test/v2/").step(stub).build()) {
      HttpRequest request = HttpRequest.get(path).secretHeader("X-Key", "secret");
      HttpRequest sent = agent.send(request).request();

      assertThat(sent.url().map(HttpUrl::toString)).contains("http://peer.test" + path);
      assertThat(sent.headers()).isEqualTo(request.headers());
      HttpRequest asterisk = HttpRequest.options("*");
      assertThatThrownBy(() -> agent.send(asterisk)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://peer.test/v2",
        "http://u:p@peer.test/",
        "http://peer.test/?a",
        "http://peer.test/#",
        "peer.test/",
        "ftp://peer.test/"
      })
  void refuseABaseThatIsNone(String url) {
    HttpAgent.Builder builder = HttpAgent.builder();

    assertThatThrownBy(() -> builder.base(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }
}
