package dev.wireline.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWriterTest {
  @Test
  void refusesAContentTypeThatLacksTheBoundaryOfItsBody() throws Exception {
    Body form = MultipartForm.empty().part("a", "b").body();
    HttpRequest request = HttpRequest.post("/").body(form);
    RequestWriter writer = new RequestWriter(HttpVersion.HTTP_1_1, "a.test", true);

    writer.write(request.header("Content-Type", form.contentType() + "; charset=utf-8"));
    for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=x", "a/b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(request.header("Content-Type", type)))
          .withMessageContaining("lacks the boundary of the body: leave the field out");
    }
  }

  private static final Body JSON = Body.of("{}", "application/json");
  private static final Body EMPTY = Body.of("", "text/plain");

  private final RequestWriter writer = writer(HttpVersion.HTTP_1_1, true);

  /** A request and its head, with | for CRLF; Host stands where H does. */
  static List<Arguments> requests() {
    return List.of(
        Arguments.of(HttpRequest.get(""), "GET / HTTP/1.1|H||"),
        Arguments.of(HttpRequest.get("/a?b"), "GET /a?b HTTP/1.1|H||"),
        Arguments.of(HttpRequest.options("*"), "OPTIONS * HTTP/1.1|H||"),
        Arguments.of(
            HttpRequest.get("/").header("B", "c").header("A", "b").header("b", "d"),
            "GET / HTTP/1.1|H|B: c|A: b|b: d||"),
        Arguments.of(
            HttpRequest.get("/").header("A", "b").header("Host", "other:81"),
            "GET / HTTP/1.1|Host: other:81|A: b||"),
        Arguments.of(HttpRequest.post("/"), "POST / HTTP/1.1|H|Content-Length: 0||"),
        Arguments.of(HttpRequest.put("/"), "PUT / HTTP/1.1|H|Content-Length: 0||"),
        Arguments.of(HttpRequest.patch("/"), "PATCH / HTTP/1.1|H|Content-Length: 0||"),
        Arguments.of(HttpRequest.delete("/"), "DELETE / HTTP/1.1|H||"),
        Arguments.of(HttpRequest.head("/"), "HEAD / HTTP/1.1|H||"),
        Arguments.of(HttpRequest.of("TRACE", "/"), "TRACE / HTTP/1.1|H||"),
        Arguments.of(
            HttpRequest.post("/items").header("X-Id", "7").body(JSON),
            "POST /items HTTP/1.1|H|X-Id: 7|Content-Type: application/json|Content-Length: 2||"),
        Arguments.of(
            HttpRequest.get("/").body(JSON),
            "GET / HTTP/1.1|H|Content-Type: application/json|Content-Length: 2||"),
        Arguments.of(
            HttpRequest.of("QUERY", "/").body(EMPTY),
            "QUERY / HTTP/1.1|H|Content-Type: text/plain|Content-Length: 0||"),
        Arguments.of(
            HttpRequest.post("/").header("content-type", "a/b").body(JSON),
            "POST / HTTP/1.1|H|content-type: a/b|Content-Length: 2||"),
        Arguments.of(
            HttpRequest.post("/").header("content-length", "02").body(JSON),
            "POST / HTTP/1.1|H|content-length: 02|Content-Type: application/json||"),
        Arguments.of(
            HttpRequest.get("/").header("Content-Length", "0"),
            "GET / HTTP/1.1|H|Content-Length: 0||"),
        Arguments.of(
            HttpRequest.post("/").header("Expect", "100-continue").body(JSON),
            "POST / HTTP/1.1|H|Expect: 100-continue|Content-Type: application/json"
                + "|Content-Length: 2||"),
        Arguments.of(
            HttpRequest.get("/").header("User-Agent", "me"), "GET / HTTP/1.1|H|User-Agent: me||"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void writesAHead(HttpRequest request, String head) throws IOException {
    assertThat(written(writer, request)).isEqualTo(head.replace("H|", "Host: example.org:8080|"));
    assertThat(writer.persistent()).isTrue();
  }

  @Test
  void usesItsBufferAgainForALongerAndAShorterHead() throws IOException {
    HttpRequest large = HttpRequest.get("/").header("A", "b".repeat(70_000));

    String first = written(writer, HttpRequest.get("/"));
    String second = written(writer, large);
    String third = written(writer, HttpRequest.get("/"));

    assertThat(second).hasSize(first.length() + 70_004);
    assertThat(third).isEqualTo(first);
  }

  @Test
  void putsASmallBodyBehindTheHead() throws IOException {
    writer.write(HttpRequest.post("/").body(JSON));

    writer.append(JSON.content());

    assertThat(new String(writer.bytes(), 0, writer.length(), US_ASCII)).endsWith("\r\n\r\n{}");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1, true,  '',                     '',                            true",
    "HTTP_1_1, false, '',                     'Connection: close|',          false",
    "HTTP_1_1, true,  close,                  'Connection: close|',          false",
    "HTTP_1_1, false, 'x, Close',             'Connection: x, Close|',       false",
    "HTTP_1_1, false, x,                      'Connection: x|Connection: close|', false",
    "HTTP_1_0, false, '',                     '',                            false",
    "HTTP_1_0, true,  '',                     'Connection: keep-alive|',     true",
    "HTTP_1_0, false, keep-alive,             'Connection: keep-alive|',     true",
    "HTTP_1_0, true,  keep-alive,             'Connection: keep-alive|',     true",
    "HTTP_1_0, true,  close,                  'Connection: close|',          false",
  })
  void saysWhatBecomesOfTheConnection(
      HttpVersion version, boolean keepAlive, String own, String sent, boolean persistent)
      throws IOException {
    RequestWriter other = writer(version, keepAlive);
    HttpRequest plain = HttpRequest.get("/");

    String head = written(other, own.isEmpty() ? plain : plain.header("Connection", own));

    assertThat(head).isEqualTo("GET / " + version + "|Host: example.org:8080|" + sent + "|");
    assertThat(other.persistent()).isEqualTo(persistent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "3", "9223372036854775807"})
  void refusesALengthThatIsNotThatOfTheBody(String length) {
    HttpRequest request = HttpRequest.post("/").header("Content-Length", length).body(JSON);

    assertThatThrownBy(() -> writer.write(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Content-Length is " + length + " and the body has 2 bytes");
  }

  @Test
  void refusesALengthWithoutABody() {
    HttpRequest request = HttpRequest.get("/").header("Content-Length", "5");

    assertThatThrownBy(() -> writer.write(request)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnExpectationWithoutABody() {
    HttpRequest request = HttpRequest.post("/").header("Expect", "100-continue");

    assertThatThrownBy(() -> writer.write(request)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesTheNextRequestAfterOneThatWasRefused() throws IOException {
    HttpRequest wrong = HttpRequest.get("/").header("Content-Length", "5");
    assertThatThrownBy(() -> writer.write(wrong)).isInstanceOf(IllegalArgumentException.class);

    assertThat(written(writer, HttpRequest.get("/a"))).startsWith("GET /a HTTP/1.1|");
  }

  @Test
  void framesABodyOfUnknownLengthInChunks() throws IOException {
    writer.write(HttpRequest.post("/"), RequestWriter.UNKNOWN);

    assertThat(shown(writer)).endsWith("|Transfer-Encoding: chunked||").doesNotContain("Length");
  }

  @Test
  void hasNoChunksInHttp10() {
    RequestWriter old = writer(HttpVersion.HTTP_1_0, false);

    assertThatThrownBy(() -> old.write(HttpRequest.post("/"), RequestWriter.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nX: y", "me@example.org", "\u010d"})
  void refusesAHostThatIsNone(String host) {
    assertThatThrownBy(() -> new RequestWriter(HttpVersion.HTTP_1_1, host, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RequestWriter writer(HttpVersion version, boolean keepAlive) {
    return new RequestWriter(version, "example.org:8080", keepAlive);
  }

  private static String written(RequestWriter writer, HttpRequest request) throws IOException {
    writer.write(request);
    return shown(writer);
  }

  private static String shown(RequestWriter writer) {
    return new String(writer.bytes(), 0, writer.length(), US_ASCII).replace("\r\n", "|");
  }
}
