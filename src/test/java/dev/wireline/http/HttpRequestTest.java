package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
  private static final Body JSON = Body.of("{}", "application/json");

  @Test
  void makesARequestOfEachMethod() {
    assertThat(HttpRequest.get("/a").method()).isEqualTo("GET");
    assertThat(HttpRequest.head("/a").method()).isEqualTo("HEAD");
    assertThat(HttpRequest.post("/a").method()).isEqualTo("POST");
    assertThat(HttpRequest.put("/a").method()).isEqualTo("PUT");
    assertThat(HttpRequest.patch("/a").method()).isEqualTo("PATCH");
    assertThat(HttpRequest.delete("/a").method()).isEqualTo("DELETE");
    assertThat(HttpRequest.options("/a").method()).isEqualTo("OPTIONS");
    assertThat(HttpRequest.of("get", "/a").method()).isEqualTo("get");
  }

  @Test
  void givesANewRequestWithEachCall() {
    HttpRequest plain = HttpRequest.post("/items");

    HttpRequest full = plain.header("X-Id", "7").header("X-Id", "8").body(JSON);

    assertThat(full.headers()).isEqualTo(Headers.of("X-Id", "7", "X-Id", "8"));
    assertThat(full.body()).containsSame(JSON);
    assertThat(full.replacingHeader("x-id", "9").headers()).isEqualTo(Headers.of("X-Id", "9"));
    assertThat(full.withoutHeader("X-ID").headers()).isEqualTo(Headers.empty());
    assertThat(full.withoutHeader("X-ID").body()).containsSame(JSON);
    assertThat(plain.headers().size()).isZero();
    assertThat(plain.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "/a?b=c%20d&e, /a?b=c%20d&e",
    "//a, //a",
    "'/a''\"<>\\', '/a''\"<>\\'"
  })
  void takesATargetInOriginForm(String target, String sent) {
    assertThat(HttpRequest.get(target).target()).isEqualTo(sent);
  }

  @Test
  void takesTheAsteriskForOptionsAlone() {
    assertThat(HttpRequest.options("*").target()).isEqualTo("*");
    assertThatThrownBy(() -> HttpRequest.get("*")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'/a b', 'a blank at index 2 of the request target; percent-encode it as %20'",
    "'/a HTTP/1.1\r\nX: y', 'a blank at index 2 of'",
    "'/a\rb', 'a control character, U+000D, at index 2 of'",
    "'/a\nb', 'a control character, U+000A, at index 2 of'",
    "'/a\r\nHost: evil', 'a control character, U+000D, at index 2 of'",
    "'/\u0000', 'a control character, U+0000, at index 1 of'",
    "'/\t', 'a control character, U+0009, at index 1 of'",
    "'/\u007f', 'a control character, U+007F, at index 1 of'",
    "'/ko\u010d', 'a character that is not ASCII, U+010D, at index 3 of'",
    "'/\u010a', 'a character that is not ASCII, U+010A, at index 1 of'",
    "'/\ud83d\ude00', 'a character that is not ASCII, U+1F600, at index 1 of'",
    "'/\u0085', 'a character that is not ASCII, U+0085, at index 1 of'",
    "'/a#b', 'a fragment at index 2 of'",
    "'#', 'a fragment at index 0 of'",
    "'a', 'perhaps \"https://a\", or the path \"/a\", is meant'",
    "'items/7?a=s3cret', 'perhaps \"https://items/7\", or the path \"/items/7\", is meant'",
    "'localhost:8080/x', 'is not http:// or https://; perhaps \"http://localhost:8080/x\" is meant'",
    "'example.org/x?s3cret', 'perhaps \"https://example.org/x\" is meant'",
    "'[::1]/x', 'perhaps \"http://[::1]/x\" is meant'",
    "'htps://example.org/x', 'perhaps \"https://example.org/x\" is meant'",
    "'htp://example.org/x', 'perhaps \"http://example.org/x\" is meant'",
    "'u:s3cret@example.org/x', 'the scheme at index 0 is not http:// or https://'",
    "'mailto:a', 'the scheme at index 0 is not http:// or https://'",
    "'?a=s3cret', 'starts with \"/\" and not with \"?\"'",
    "'ftp://example.org/', 'the scheme at index 0 is not http:// or https://'",
    "'http:/a', 'is not \"//\" and a host'",
    "'https://u:s3cret@exa mple.org/', 'the blank at index 20 does not belong here'",
    "'example.org:443', 'perhaps \"https://example.org:443\" is meant'",
  })
  void refusesATargetAndSaysWhere(String target, String message) {
    assertThatThrownBy(() -> HttpRequest.get(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void takesAUrlForItsTarget() {
    HttpRequest request = HttpRequest.get("HTTPS://Example.org/a?b=c#d");

    assertThat(request.target()).isEqualTo("/a?b=c");
    assertThat(request.url()).contains(HttpUrl.parse("https://example.org/a?b=c#d"));
    assertThat(request.headers().size()).isZero();
  }

  @Test
  void makesASecretFieldOfTheUserInfo() {
    HttpRequest request = HttpRequest.get("http://aladdin:open%20sesame@example.org/");

    assertThat(request.header("X", "y").headers().first("Authorization"))
        .contains("Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(request.headers().isSecret("Authorization")).isTrue();
    assertThat(request.url().flatMap(HttpUrl::user)).isEmpty();
    assertThat(request).hasToString("GET http://example.org/ with Authorization");
  }

  @Test
  void refusesUserInfoForTrace() {
    assertThatThrownBy(() -> HttpRequest.of("TRACE", "http://a:b@example.org/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carries no secrets");
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a?q=a%26b%20%C4%8D",
    "/a?, /a?q=a%26b%20%C4%8D",
    "/a?b=c, /a?b=c&q=a%26b%20%C4%8D",
    "http://example.org, /?q=a%26b%20%C4%8D",
    "http://example.org/a?b#c, /a?b&q=a%26b%20%C4%8D",
  })
  void encodesAParameterBehindTheQuery(String target, String expected) {
    HttpRequest request = HttpRequest.get(target).query("q", "a&b \u010d");

    assertThat(request.target()).isEqualTo(expected);
    assertThat(request.url().map(HttpUrl::target).orElse(expected)).isEqualTo(expected);
  }

  @Test
  void refusesAParameterForTheAsterisk() {
    assertThatThrownBy(() -> HttpRequest.options("*").query("a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "GET ",
        " GET",
        "G ET",
        "GET\r\n",
        "GET /a HTTP/1.1\r\nX: y\r\n",
        "GET\n",
        "GET\u0000",
        "G:T",
        "G/T",
        "\u010dET",
        "GE\u0164",
        "CONNECT"
      })
  void refusesAMethodThatIsNoTokenOrATunnel(String method) {
    assertThatThrownBy(() -> HttpRequest.of(method, "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'X\r\nY', z",
    "'X:', z",
    "'', z",
    "X-\u010c, z",
    "X, 'a\r\nY: z'",
    "X, 'a\u010d\u010aY: z'",
    "X, 'a\u0000'",
    "X, \u010d",
    "Transfer-Encoding, chunked",
    "transfer-encoding, identity",
    "Content-Length, -1",
    "Content-Length, +1",
    "Content-Length, ''",
    "Content-Length, '5, 5'",
    "Content-Length, 9223372036854775808",
    "Connection, ''",
    "Connection, 'close,'",
    "Connection, 'close;a'",
    "Connection, 'close keep-alive'",
    "Expect, 200-ok",
    "Host, ''",
    "Host, user@example.org",
  })
  void refusesAHeaderThatWouldBreakTheMessage(String name, String value) {
    HttpRequest request = HttpRequest.post("/");

    assertThatThrownBy(() -> request.header(name, value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.secretHeader(name, value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.replacingHeader(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, other.example",
    "Host, [::1]:8080",
    "Connection, 'close, Upgrade'",
    "Content-Length, 5",
    "Expect, 100-Continue",
    "TE, trailers",
    "Content-Length, ' 5 '",
  })
  void takesAHeaderThatOthersForbid(String name, String value) {
    HttpRequest request = HttpRequest.post("/").header(name, value);

    assertThat(request.headers().first(name)).contains(value.trim());
  }

  @ParameterizedTest
  @CsvSource({"Host, a, b", "Content-Length, 5, 5", "Expect, 100-continue, 100-continue"})
  void takesOneOfThoseThatMayStandOnceOnly(String name, String one, String other) {
    HttpRequest request = HttpRequest.post("/").header(name, one);

    assertThatThrownBy(() -> request.header(name, other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(request.replacingHeader(name, other).headers().all(name)).containsExactly(other);
  }

  @Test
  void sendsNeitherABodyNorASecretWithTrace() {
    HttpRequest trace = HttpRequest.of("TRACE", "/");

    assertThat(trace.header("Max-Forwards", "3").headers().size()).isEqualTo(1);
    assertThatThrownBy(() -> trace.body(JSON)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> trace.header("Cookie", "s3cret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> trace.secretHeader("X-Key", "s3cret"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoSecretInItsText() {
    HttpRequest request = HttpRequest.post("/items?token=s3cret")
        .header("X-Id", "7")
        .header("Authorization", "s3cret")
        .body(Body.of("s3cret", "text/plain"));

    assertThat(request.toString())
        .isEqualTo("POST /items?*** with X-Id, Authorization and 6 bytes of text/plain");
    assertThat(HttpRequest.get("").toString()).isEqualTo("GET /");
  }
}
