package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of the README: one a rung of the ladder, and the test kit. */
@Timeout(60)
class LadderExamplesTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void fetchesADocument() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
    try (var server = RawServer.answering(RawAnswer.of(answer))) {
      String endpoint = server.endpoint().toString();

      // docs: http
      try (var http = new HttpClient(endpoint)) { // such as "localhost:8080"
        HttpResponse page = http.get("/");
        System.out.println(page.status() + " " + page.header("Content-Type").orElse("unknown"));
        System.out.println(page.text());
      }
      // end: http

      assertThat(printed.lines()).containsExactly("200 text/plain", "hello");
    }
  }

  @Test
  void asksForAnyUrl() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews";
    try (var server = RawServer.answering(RawAnswer.of(answer))) {
      String url = "http://" + server.endpoint().authority() + "/news";

      FirstPage.main(new String[] {url});

      assertThat(printed.lines()).containsExactly("news");
    }
  }

  @Test
  void speaksInLines() throws IOException {
    try (var server = ScriptedServer.play("C: NICK wire\nS: :chat.example 001 wire :Welcome")) {
      String endpoint = server.endpoint().toString();

      // docs: line
      try (var chat = new LineClient(endpoint)) { // such as "chat.example:6667"
        chat.writeLine("NICK wire");
        System.out.println(chat.readLine());
      }
      // end: line

      assertThat(printed.lines()).containsExactly(":chat.example 001 wire :Welcome");
      server.verify();
    }
  }

  @Test
  void carriesBytes() throws IOException {
    try (var server = EchoServer.start()) {
      String endpoint = server.endpoint().toString();

      // docs: wire
      try (Wire wire = Dialer.standard().dial(Endpoint.parse(endpoint))) {
        wire.output().write("hello".getBytes(StandardCharsets.UTF_8));
        byte[] back = wire.input().read(5);
        System.out.println(new String(back, StandardCharsets.UTF_8));
      }
      // end: wire

      assertThat(printed.lines()).containsExactly("hello");
    }
  }

  // docs: kit
  @Test
  void tellsTheTime() throws IOException {
    try (var server = ScriptedServer.play("C: TIME\nS: 12:00");
        var clock = new Clock(server.endpoint().toString())) {
      assertThat(clock.time()).isEqualTo("12:00");
      server.verify();
    }
  }
  // end: kit
}
