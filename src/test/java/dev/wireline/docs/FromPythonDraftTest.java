package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpVersion;
import dev.wireline.line.Blocks;
import dev.wireline.line.LineClient;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/from-python/draft.md. */
@Timeout(60)
class FromPythonDraftTest {
  private static final String PAGE = """
      C: GET / HTTP/1.0
      C:
      S: HTTP/1.0 200 OK
      S: Content-Type: text/plain
      S:
      S: Hello.
      <close>
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void copiesAPageByBytes() throws IOException {
    try (var server = ScriptedServer.play(PAGE)) {
      String host = server.endpoint().toString();

      // docs: py-httpget1
      try (Wire wire = Dialer.standard().dial(Endpoint.parse(host))) { // such as "example.org:80"
        wire.output().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        wire.input().transferTo(System.out);
      }
      // end: py-httpget1

      assertThat(printed.lines())
          .containsExactly("HTTP/1.0 200 OK", "Content-Type: text/plain", "", "Hello.");
    }
  }

  @Test
  void copiesAPageByLines() throws IOException {
    try (var server = ScriptedServer.play(PAGE)) {
      String host = server.endpoint().toString();

      // docs: py-httpget2
      try (var client = new LineClient(host)) { // such as "example.org:80"
        client.writeLines("GET / HTTP/1.0", "");
        for (String line = client.readLine(); !line.isEmpty(); line = client.readLine()) {
          System.out.println(line);
        }
        System.out.writeBytes(client.readToEnd());
      }
      // end: py-httpget2

      assertThat(printed.lines())
          .containsExactly("HTTP/1.0 200 OK", "Content-Type: text/plain", "Hello.");
    }
  }

  @Test
  void copiesAPageByItsUrl() throws IOException {
    try (var server = RawServer.answering(Answers.ok("Hello."))) {
      String text = Answers.origin(server) + "/index.html";

      // docs: py-httpget3
      HttpUrl url = HttpUrl.parse(text); // such as "http://example.org/index.html"
      try (var http = new HttpClient(url.endpoint())) {
        http.get(url.target()).body().transferTo(System.out);
      }
      // end: py-httpget3

      assertThat(printed.lines()).containsExactly("Hello.");
      assertThat(server.requests().get(0).head()).startsWith("GET /index.html HTTP/1.1");
    }
  }

  @Test
  void speaksTheOldVersion() throws IOException {
    String script = """
        C: GET / HTTP/1.0
        C: Host: {*}
        C: User-Agent: {*}
        C:
        S: HTTP/1.0 200 OK
        S:
        S: Hello.
        <close>
        """;
    try (var server = ScriptedServer.play(script)) {
      Endpoint endpoint = server.endpoint();

      // docs: py-http10
      HttpOptions options =
          HttpOptions.builder().version(HttpVersion.HTTP_1_0).keepAlive(false).build();
      try (var http = new HttpClient(endpoint, options)) {
        System.out.print(http.get("/").text());
      }
      // end: py-http10

      assertThat(printed.lines()).containsExactly("Hello.");
    }
  }

  // docs: py-exercise
  /** Gets documents from a server that announces their lengths. */
  static final class SimpleHttp extends LineClient {
    private final Blocks blocks = Blocks.of(this);

    SimpleHttp(Endpoint server) {
      super(server);
    }

    byte[] get(String path) throws IOException {
      return exchange(() -> {
        writeLines("GET " + path + " HTTP/1.1", "Host: " + endpoint().authority(), "");
        String status = readLine();
        if (!status.startsWith("HTTP/1.1 200 ")) {
          throw malformed("the status is 200", status);
        }
        String length = "";
        for (String field = readLine(); !field.isEmpty(); field = readLine()) {
          if (field.startsWith("Content-Length: ")) {
            length = field.substring(16);
          }
        }
        return blocks.read(blocks.parseLength(length)); // no number is an exception too
      });
    }
  }
  // end: py-exercise

  @Test
  void standsOnLines() throws IOException {
    String script = """
        C: GET /one HTTP/1.1
        C: Host: {*}
        C:
        S: HTTP/1.1 200 OK
        S: Content-Length: 5
        S:
        S> "one\\r\\n"
        """;
    try (var server = ScriptedServer.play(script + script.replace("one", "two"));
        var http = new SimpleHttp(server.endpoint())) {
      assertThat(http.get("/one")).asString().isEqualTo("one\r\n");
      assertThat(http.get("/two")).asString().isEqualTo("two\r\n");
      server.verify();
    }
    CutPoints.everyCutPoint(script, server -> {
      try (var http = new SimpleHttp(server)) {
        http.get("/one");
      }
    });
  }

  @Test
  void saysWhatIsNoStatus() throws IOException {
    try (var server = ScriptedServer.play(
            "C: GET / HTTP/1.1\nC: Host: {*}\nC: User-Agent: {*}\nC:\nS: 220 mail");
        var http = new HttpClient(server.endpoint())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> http.get("/"))
          .satisfies(e -> assertThat(e.rule()).startsWith("a response starts with HTTP/"));
    }
  }

  @Test
  void speaksWithASocketFile() throws IOException {
    try (var server = EchoServer.builder().unix().start()) {
      String path = server.endpoint().toString();

      // docs: py-unix
      try (var client = new LineClient(path)) { // such as "unix:/run/echo.sock"
        client.writeLine("hello");
        System.out.println(client.readLine());
      }
      // end: py-unix

      assertThat(printed.lines()).containsExactly("hello");
    }
  }
}
