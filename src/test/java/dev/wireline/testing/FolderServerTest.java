package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.PlainClient.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FolderServerTest {

  @TempDir
  private Path outside;

  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectories(outside.resolve("folder"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.writeString(folder.resolve("hello.txt"), "hello");
    Files.writeString(folder.resolve("two words.html"), "<p>");
    Files.createFile(folder.resolve("empty.json"));
    Files.createDirectories(folder.resolve("with/index"));
    Files.writeString(folder.resolve("with/index.html"), "index");
    Files.createSymbolicLink(folder.resolve("inside"), folder.resolve("hello.txt"));
    Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    Files.createDirectories(folder.resolve("sly"));
    Files.createSymbolicLink(folder.resolve("sly/index.html"), outside.resolve("secret.txt"));
  }

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  /** Sends what an HTTP/1.0 client would; gives all that comes. */
  private static String ask(Endpoint server, String request) throws IOException {
    try (PlainClient client = PlainClient.connect(server)) {
      client.sendBytes(request);
      client.shutdownOutput();
      return client.readAll();
    }
  }

  private static String head(String status, String type, int length) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
        + "\r\nConnection: close\r\n\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/hello.txt, hello, text/plain; charset=utf-8",
    "/hello.txt?a=/../b, hello, text/plain; charset=utf-8",
    "//hello.txt, hello, text/plain; charset=utf-8",
    "/%68ello.tx%74, hello, text/plain; charset=utf-8",
    "http://files.test/hello.txt, hello, text/plain; charset=utf-8",
    "/two%20words.html, <p>, text/html; charset=utf-8",
    "/empty.json, '', application/json",
    "/inside, hello, text/plain; charset=utf-8",
    "/with/, index, text/html; charset=utf-8",
    "/with, index, text/html; charset=utf-8"
  })
  void sendsAFile(String target, String content, String type) throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      String answer = ask(server.endpoint(), "GET " + target + " HTTP/1.0\r\n\r\n");

      assertThat(answer).isEqualTo(head("200 OK", type, content.length()) + content);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void knowsNamesInUtf8WhereThePlatformDoes() throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      boolean known = hasUmlaut();
      String answer = ask(server.endpoint(), "GET /gr%c3%BC%c3%9f HTTP/1.0\r\n\r\n");

      assertThat(answer).startsWith(known ? "HTTP/1.1 200" : "HTTP/1.1 404");
      assertThat(answer.endsWith("umlaut")).isEqualTo(known);
    }
  }

  private boolean hasUmlaut() throws IOException {
    try {
      Files.writeString(folder.resolve("gr\u00fc\u00df"), "umlaut");
      return true;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/none.txt",
        "/hello.txt/",
        "/hello.txt/x",
        "/with/index",
        "/../secret.txt",
        "/./hello.txt",
        "/with/../hello.txt",
        "/%2e%2e/secret.txt",
        "/%2E./secret.txt",
        "/..%2fsecret.txt",
        "/with%2findex.html",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/hello.txt%00",
        "/%00/../secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/up/folder/../secret.txt",
        "/sly/",
        "/C:/x",
        "//../secret.txt",
        "///etc/passwd",
        "http://files.test",
        "http://files.test/../secret.txt",
        "/%ff"
      })
  void findsNothingElse(String target) throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      assertThat(ask(server.endpoint(), "GET " + target + " HTTP/1.0\r\n\r\n"))
          .isEqualTo(head("404 Not Found", "text/plain; charset=utf-8", 14) + "404 Not Found\n");
    }
  }

  @Test
  void servesAFolderThatLiesBehindALink() throws Exception {
    Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
    try (FolderServer server = FolderServer.of(link)) {
      assertThat(ask(server.endpoint(), "GET /hello.txt HTTP/1.0\r\n\r\n")).endsWith("\r\nhello");
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatIsNoRequest(String request) throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      String next = "GET /hello.txt HTTP/1.0\r\n\r\n";

      assertThat(ask(server.endpoint(), request + next))
          .isEqualTo(head("400 Bad Request", "text/plain; charset=utf-8", 0));
      assertThat(server.failure()).isEmpty();
    }
  }

  static Stream<String> broken() {
    String host = "\r\nHost: a\r\n";
    return Stream.of(
        "\r\n",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET /hello.txt HTTP/2.0" + host + "\r\n",
        "GET /hello.txt http/1.1" + host + "\r\n",
        "GET  /hello.txt HTTP/1.1" + host + "\r\n",
        "GET /two words.html HTTP/1.1" + host + "\r\n",
        "GET hello.txt HTTP/1.1" + host + "\r\n",
        "GET /hello%2 HTTP/1.1" + host + "\r\n",
        "GET /hello%zz HTTP/1.1" + host + "\r\n",
        "GET /..\\secret.txt HTTP/1.1" + host + "\r\n",
        "GET * HTTP/1.1" + host + "\r\n",
        "GET ftp://files.test/hello.txt HTTP/1.1" + host + "\r\n",
        "GET /hello.txt HTTP/1.1\r\n\r\n",
        "GET /hello.txt HTTP/1.1" + host + "Host: b\r\n\r\n",
        "GET /hello.txt HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /hello.txt HTTP/1.1" + host + " folded\r\n\r\n",
        "GET /hello.txt HTTP/1.1" + host + "none\r\n\r\n",
        "GET /hello.txt HTTP/1.1\rX: y" + host + "\r\n",
        "GET /hello.txt\u0000 HTTP/1.1" + host + "\r\n",
        "POST / HTTP/1.1" + host + "Content-Length: x\r\n\r\n",
        "POST / HTTP/1.1" + host + "Content-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1" + host + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n12345",
        "POST / HTTP/1.1" + host
            + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(200_000) + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", "TRACE"})
  void refusesOtherMethodsAndGoesOn(String method) throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      String answer = ask(
          server.endpoint(),
          method + " /hello.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"
              + "GET /hello.txt HTTP/1.0\r\n\r\n");

      assertThat(answer)
          .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
          .contains("\r\nAllow: GET, HEAD\r\n")
          .endsWith("\r\nhello");
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("lives")
  void keepsAConnectionOpenAsTheClientAsks(String version, String field, int answers)
      throws Exception {
    try (FolderServer server = FolderServer.of(folder)) {
      String request = "HEAD /hello.txt HTTP/" + version + "\r\nHost: a\r\n" + field + "\r\n";

      assertThat(ask(server.endpoint(), request.repeat(3)).split("HTTP/1.1 200 OK", -1))
          .hasSize(1 + answers);
    }
  }

  static Stream<Arguments> lives() {
    return Stream.of(
        arguments("1.1", "", 3),
        arguments("1.1", "Connection: keep-alive\r\n", 3),
        arguments("1.1", "Connection: Close\r\n", 1),
        arguments("1.0", "", 1),
        arguments("1.0", "Connection: Keep-Alive\r\n", 3));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void servesTheHttpClientOnOneConnection(Way way) throws Exception {
    byte[] large = new byte[300_000];
    Arrays.fill(large, (byte) 'x');
    Files.write(folder.resolve("large"), large);
    try (FolderServer server = start(way);
        HttpClient http = new HttpClient(server.endpoint(), options(way, server))) {
      HttpResponse page = http.get("/hello.txt");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).isEqualTo("hello");
      assertThat(http.get("/none").status()).isEqualTo(404);
      assertThat(http.head("/large").header("Content-Length")).hasValue("300000");
      assertThat(http.get("/large").bytes()).isEqualTo(large);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  private FolderServer start(Way way) throws IOException {
    FolderServer.Builder builder = FolderServer.builder(folder);
    return switch (way) {
      case TCP -> builder.start();
      case TLS -> builder.tls().start();
      case UNIX -> builder.unix().start();
    };
  }

  private static HttpOptions options(Way way, FolderServer server) {
    if (way != Way.TLS) {
      return HttpOptions.builder().build();
    }
    Tls tls = Tls.builder().context(server.clientContext()).build();
    return HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
  }

  @Test
  void takesAFileAsItIsAtTheTime() throws Exception {
    try (FolderServer server = FolderServer.of(folder);
        HttpClient http = new HttpClient(server.endpoint())) {
      assertThat(http.get("/hello.txt").text()).isEqualTo("hello");

      Files.write(folder.resolve("hello.txt"), "later".repeat(2).getBytes(StandardCharsets.UTF_8));

      assertThat(http.get("/hello.txt").text()).isEqualTo("laterlater");
    }
  }

  @Test
  void refusesAFolderThatIsNone() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> FolderServer.of(folder.resolve("none")));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> FolderServer.of(folder.resolve("hello.txt")));
  }
}
