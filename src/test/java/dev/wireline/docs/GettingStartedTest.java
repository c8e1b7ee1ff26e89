package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpProxy;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/getting-started.md and docs/reference/limits.md. */
@Timeout(60)
class GettingStartedTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void sendsABody() throws IOException {
    try (var server =
        RawServer.answering(RawAnswer.of("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"))) {
      String url = Answers.origin(server) + "/items";

      // docs: post
      HttpRequest request = HttpRequest.post(url)
          .header("X-Id", "7")
          .body(Body.of("{\"name\":\"wire\"}", "application/json"));

      try (HttpAgent agent = HttpAgent.create()) {
        HttpResponse answer = agent.send(request);
        System.out.println(answer.status() + " " + answer.reason());
      }
      // end: post

      assertThat(printed.lines()).containsExactly("201 Created");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void savesAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("news.txt");
    try (var server =
            RawServer.answering(RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/news.txt";

      // docs: save
      HttpResponse news = agent.get(url);
      if (news.status() == 200) {
        news.saveTo(file);
      } else {
        news.discard();
      }
      // end: save

      assertThat(Files.readString(file)).isEqualTo("news");
    }
  }

  @Test
  void waitsForALineThatMayNotCome() throws IOException {
    try (var server = ScriptedServer.play("S: PING :7\nC: PONG :7");
        var chat = new LineClient(server.endpoint())) {

      // docs: poll
      Optional<String> line = chat.pollLine(Duration.ofMinutes(5));
      if (line.isEmpty()) {
        chat.writeLine("PING :wire");
      } else if (line.get().startsWith("PING ")) {
        chat.writeLine("PONG " + line.get().substring("PING ".length()));
      }
      // end: poll

      server.verify();
    }
  }

  @Test
  void readsNumbers() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: numbers
      try (Wire wire = Dialer.standard().dial(endpoint)) {
        new DataOutputStream(wire.output()).writeInt(42);
        System.out.println(new DataInputStream(wire.input()).readInt());
      }
      // end: numbers

      assertThat(printed.lines()).containsExactly("42");
    }
  }

  @Test
  void setsDeadlinesAndLimits() throws IOException {
    RawAnswer answer = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    try (var server = RawServer.answering(answer)) {
      Endpoint endpoint = server.endpoint();

      // docs: deadlines
      Dialer dialer = Dialer.builder()
          .connectTimeout(Duration.ofSeconds(3))
          .silenceTimeout(Duration.ofSeconds(10))
          .build();
      HttpOptions options = HttpOptions.builder()
          .dialer(dialer)
          .callTimeout(Duration.ofSeconds(20))
          .maxBodyBytes(1024 * 1024)
          .build();

      try (var http = new HttpClient(endpoint, options)) {
        System.out.println(http.get("/").text());
      }
      // end: deadlines

      assertThat(printed.lines()).containsExactly("ok");
    }
  }

  @Test
  void speaksAnotherCharset() throws IOException {
    Peer peer = connection -> connection.write("caf\u00e9\r\n");
    try (var server = PeerServer.start(peer)) {
      Endpoint endpoint = server.endpoint();

      // docs: charset
      LineOptions options = LineOptions.builder()
          .charset(StandardCharsets.ISO_8859_1)
          .maxLineBytes(512)
          .build();

      try (var client = new LineClient(endpoint, options)) {
        System.out.println(client.readLine());
      }
      // end: charset

      assertThat(printed.lines()).containsExactly("caf\u00e9");
    }
  }

  @Test
  void trustsAnAuthorityOfOnesOwn() throws IOException {
    TestCertificate shown = TestCertificate.forHosts();
    X509Certificate authority = shown.authority();
    try (var server = ScriptedServer.builder("S: 220 ready").tls(shown).start()) {
      String endpoint = server.endpoint().toString();

      // docs: trust
      Tls tls = Tls.builder().trust(authority).build();
      LineOptions options =
          LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();

      try (var client =
          new LineClient(Endpoint.parse(endpoint), options)) { // such as "tls://mail.example:465"
        System.out.println(client.readLine());
      }
      // end: trust

      assertThat(printed.lines()).containsExactly("220 ready");
    }
  }

  @Test
  void goesThroughAProxy() throws IOException {
    Peer peer = connection -> {
      assertThat(connection.readHead()).startsWith("CONNECT mail.example:25 HTTP/1.1");
      connection.write("HTTP/1.1 200 OK\r\n\r\n220 ready\r\n");
      connection.awaitClosedByPeer(SOON);
    };
    try (var server = PeerServer.start(peer)) {
      Endpoint proxy = server.endpoint();

      // docs: proxy
      Dialer dialer = Dialer.builder().connector(HttpProxy.of(proxy)).build();
      LineOptions options = LineOptions.builder().dialer(dialer).build();

      try (var client = new LineClient(Endpoint.parse("mail.example:25"), options)) {
        System.out.println(client.readLine());
      }
      // end: proxy

      assertThat(printed.lines()).containsExactly("220 ready");
      assertThat(server.failure()).isEmpty();
    }
  }
}
