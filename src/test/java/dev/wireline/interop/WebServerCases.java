package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.HttpVersion;
import dev.wireline.line.LineClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What any web server has to be good for, whatever its make. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebServerCases {
  private WebServer server;

  abstract WebServer start() throws IOException;

  @BeforeAll
  void startServer() throws IOException {
    server = start();
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  WebServer server() {
    return server;
  }

  private HttpClient client() {
    return new HttpClient(server.ports().plain());
  }

  static String port(HttpResponse response) {
    return response.header("X-Port").orElseThrow();
  }

  @Test
  void servesManyRequestsOnOneConnection() throws Exception {
    Set<String> ports = new HashSet<>();
    try (HttpClient client = client()) {
      for (int i = 0; i < 200; i++) {
        HttpResponse page = client.get("/page.txt");
        ports.add(port(page));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
      }

      assertThat(ports).hasSize(1);
    }
  }

  @Test
  void servesAllMethodsOnOneConnection() throws Exception {
    try (HttpClient client = client()) {
      String port = port(client.head("/page.txt"));

      HttpResponse made =
          client.send(HttpRequest.post("/items").body(Body.of("{}", "application/json")));
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.text()).isEqualTo("made\n");
      HttpResponse head = client.head("/page.txt");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).contains("" + WebServer.PAGE.length());
      assertThat(head.bytes()).isEmpty();
      assertThat(client.send(HttpRequest.post("/items")).text()).isEqualTo("made\n");
      assertThat(client.head("/chunked").bytes()).isEmpty();
      assertThat(client.get("/chunked").text()).isEqualTo("GET\n" + WebServer.PAGE);
      assertThat(port(client.get("/page.txt"))).isEqualTo(port);
    }
  }

  @Test
  void keepsWhatWasPut() throws Exception {
    byte[] content = WebServer.large();
    Body body = Body.of(content, "application/octet-stream");
    try (HttpClient client = client()) {
      int first = client.send(HttpRequest.put("/stored/it").body(body)).status();
      int second = client
          .send(HttpRequest.put("/stored/it").header("Expect", "100-continue").body(body))
          .status();

      assertThat(first).isEqualTo(201);
      assertThat(second).isEqualTo(204);
      assertThat(client.get("/stored/it").bytes()).isEqualTo(content);
      assertThat(client.send(HttpRequest.delete("/stored/it")).status()).isEqualTo(204);
      assertThat(client.get("/stored/it").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sendsALargeBodyWhole(boolean secure, @TempDir Path folder) throws Exception {
    byte[] expected = sha256(new ByteArrayInputStream(WebServer.large()));
    Path file = folder.resolve("large.bin");
    try (HttpClient client = secure ? server.secureClient(HttpOptions.builder()) : client()) {
      assertThat(sha256(client.get("/large.bin").body())).isEqualTo(expected);

      client.get("/large.bin").saveTo(file);
      try (InputStream saved = Files.newInputStream(file)) {
        assertThat(sha256(saved)).isEqualTo(expected);
      }
      assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
    }
  }

  private static byte[] sha256(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (DigestInputStream digesting = new DigestInputStream(in, digest)) {
      digesting.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  @Test
  void sendsABodyOfUnknownLengthInChunks() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse response = client.get("/chunked");

      assertThat(response.header("Transfer-Encoding")).contains("chunked");
      assertThat(response.header("Content-Length")).isEmpty();
      assertThat(response.lines()).hasSize(201).startsWith("GET");
    }
  }

  @Test
  void compressesOnTheFlyInChunks() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse packed =
          client.send(HttpRequest.get("/packed/numbers.txt").header("Accept-Encoding", "gzip"));

      assertThat(packed.header("Content-Encoding")).contains("gzip");
      assertThat(packed.header("Transfer-Encoding")).contains("chunked");
      try (InputStream unpacked = new GZIPInputStream(packed.body())) {
        assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(WebServer.numbers());
      }
      assertThat(client.get("/packed/numbers.txt").text()).isEqualTo(WebServer.numbers());
    }
  }

  @Test
  void saysThatAPageHasNotChanged() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse page = client.get("/page.txt");
      String tag = page.header("ETag").orElseThrow();

      HttpResponse again = client.send(HttpRequest.get("/page.txt").header("If-None-Match", tag));

      assertThat(again.status()).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(port(again)).isEqualTo(port(page));
      assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  void sendsAPartOfAPage() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse part = client.send(HttpRequest.get("/page.txt").header("Range", "bytes=10-18"));
      HttpResponse beyond =
          client.send(HttpRequest.get("/page.txt").header("Range", "bytes=999999-"));

      assertThat(part.status()).isEqualTo(206);
      assertThat(part.header("Content-Range")).contains("bytes 10-18/" + WebServer.PAGE.length());
      assertThat(part.text()).isEqualTo(WebServer.PAGE.substring(10, 19));
      assertThat(beyond.status()).isEqualTo(416);
      assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  void sendsAPageWhereThereIsNone() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse missing = client.get("/missing");

      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.text()).contains("404");
      assertThat(port(client.get("/page.txt"))).isEqualTo(port(missing));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page.txt", "/chunked"})
  void speaksTheOlderVersion(String target) throws Exception {
    HttpOptions old = HttpOptions.builder().version(HttpVersion.HTTP_1_0).build();
    HttpOptions oldWithoutKeeping =
        HttpOptions.builder().version(HttpVersion.HTTP_1_0).keepAlive(false).build();
    try (HttpClient keeping = new HttpClient(server.ports().plain(), old);
        HttpClient client = new HttpClient(server.ports().plain(), oldWithoutKeeping)) {
      for (int i = 0; i < 3; i++) {
        assertThat(keeping.get(target).text()).endsWith(WebServer.PAGE);
        assertThat(client.get(target).text()).endsWith(WebServer.PAGE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void endsABodyOverTlsProperly(HttpVersion version) throws Exception {
    try (HttpClient keeping = server.secureClient(HttpOptions.builder().version(version));
        HttpClient client =
            server.secureClient(HttpOptions.builder().version(version).keepAlive(false))) {
      for (int i = 0; i < 3; i++) {
        assertThat(keeping.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
        assertThat(keeping.get("/chunked").text()).endsWith(WebServer.PAGE);
        assertThat(client.get("/chunked").text()).endsWith(WebServer.PAGE);
      }
    }
  }

  @Test
  void isAskedAgainWhenItClosedAnIdleConnection() throws Exception {
    try (HttpClient client = new HttpClient(server.ports().hasty())) {
      String first = port(client.get("/page.txt"));
      SocketTable.awaitClosedByPeer(Integer.parseInt(first));

      HttpResponse posted =
          client.send(HttpRequest.post("/items").body(Body.of("a", "text/plain")));

      assertThat(posted.text()).isEqualTo("made\n");
      assertThat(port(posted)).isNotEqualTo(first);
    }
  }

  @Test
  void isAskedAgainWhenItAllowsNoMoreOnAConnection() throws Exception {
    Set<String> ports = new HashSet<>();
    try (HttpClient client = new HttpClient(server.ports().stingy())) {
      for (int i = 0; i < 10; i++) {
        HttpResponse page = client.get("/page.txt");
        ports.add(port(page));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
      }

      assertThat(ports.size()).isBetween(3, 4);
    }
  }

  @Test
  void refusesABodyThatIsTooLargeForIt() throws Exception {
    Body body = Body.of(WebServer.large(), "application/octet-stream");
    try (HttpClient client = client()) {
      HttpResponse refused = client.send(HttpRequest.post("/small").body(body));

      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.text()).contains("413");
      assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "GET /a b HTTP/1.1", "GET", "G@T / HTTP/1.1"})
  void answersAMalformedRequestWithAPage(String line) throws Exception {
    try (LineClient client = new LineClient(server.ports().plain())) {
      client.writeLines(line, "");

      assertThat(client.readLine()).startsWith("HTTP/1.1 400 ");
      assertThat(new String(client.readToEnd(), UTF_8)).contains("Connection: close\r\n", "400");
    }
  }
}
