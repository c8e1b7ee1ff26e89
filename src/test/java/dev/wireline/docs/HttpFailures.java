package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpProxy;
import dev.wireline.net.Dialer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The failures of an HTTP exchange. */
final class HttpFailures {
  private static final Duration SHORT = Duration.ofMillis(150);

  private HttpFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("The server does not speak HTTP", HttpFailures::notHttp),
        new Failure("The server speaks TLS", HttpFailures::tlsPort),
        new Failure("The proxy is not there", HttpFailures::deadProxy),
        new Failure("The server does not answer", HttpFailures::silence),
        new Failure("A response head comes too slowly", HttpFailures::slowHead),
        new Failure("The call took too long", HttpFailures::callTimeout),
        new Failure("The server hung up without an answer", HttpFailures::noAnswer),
        new Failure("A header line is malformed", HttpFailures::badHeader),
        new Failure("The head of a response is too large", HttpFailures::largeHead),
        new Failure("A body was cut", HttpFailures::cutBody),
        new Failure("A body is too large", HttpFailures::largeBody),
        new Failure("A body is not text", HttpFailures::notText));
  }

  private static void notHttp() throws IOException {
    text(RawAnswer.of("220 mail.example ready\r\n"), HttpOptions.standard());
  }

  private static void tlsPort() throws IOException {
    RawAnswer alert = RawAnswer.of("\u0015\u0003\u0001\u0000\u0002\u0002F").thenClose();
    text(alert, HttpOptions.standard());
  }

  private static void deadProxy() throws IOException {
    Endpoint nobody;
    try (RawServer server = RawServer.answering(Answers.ok(""))) {
      nobody = server.endpoint();
    }
    Dialer dialer = Dialer.builder().connector(HttpProxy.of(nobody)).build();
    HttpOptions options = HttpOptions.builder().dialer(dialer).build();
    try (HttpClient http = new HttpClient("http://shop.example:8080", options)) {
      http.get("/");
    }
  }

  private static void silence() throws IOException {
    Dialer dialer = Dialer.builder().silenceTimeout(SHORT).build();
    text(RawAnswer.of("").thenStall(), HttpOptions.builder().dialer(dialer).build());
  }

  private static void slowHead() throws IOException {
    RawAnswer half = RawAnswer.of("HTTP/1.1 200 OK\r\nServer: ").thenStall();
    text(half, HttpOptions.builder().headTimeout(SHORT).build());
  }

  private static void callTimeout() throws IOException {
    RawAnswer half = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
    text(half.thenStall(), HttpOptions.builder().callTimeout(SHORT).build());
  }

  private static void noAnswer() throws IOException {
    text(RawAnswer.of("").thenClose(), HttpOptions.standard());
  }

  private static void badHeader() throws IOException {
    text(RawAnswer.of("HTTP/1.1 200 OK\r\nServer : x\r\n\r\n"), HttpOptions.standard());
  }

  private static void largeHead() throws IOException {
    RawAnswer large =
        RawAnswer.of("HTTP/1.1 200 OK\r\nServer: ").repeat("x", 1000).and("\r\n\r\n");
    text(large, HttpOptions.builder().maxHeadBytes(512).build());
  }

  private static void cutBody() throws IOException {
    RawAnswer half = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
    text(half.thenClose(), HttpOptions.standard());
  }

  private static void largeBody() throws IOException {
    RawAnswer large = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    text(large.repeat("x", 100_000), HttpOptions.builder().maxBodyBytes(65_536).build());
  }

  private static void notText() throws IOException {
    RawAnswer latin = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncaf\u00e9");
    text(latin, HttpOptions.standard());
  }

  private static void text(RawAnswer answer, HttpOptions options) throws IOException {
    try (RawServer server = RawServer.answering(answer);
        HttpClient http = new HttpClient(server.endpoint(), options)) {
      http.get("/").text();
    }
  }
}
