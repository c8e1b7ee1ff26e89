package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/from-python/course.md. */
@Timeout(60)
class FromPythonCourseTest {
  private static final Duration SHORT = Duration.ofMillis(150);

  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void printsAFrontPage() throws IOException {
    try (var server =
        RawServer.answering(Answers.status("200 OK", "Content-Type: text/plain\r\n", "hello"))) {
      String host = server.endpoint().toString();

      // docs: py-course-page
      try (var http = new HttpClient(host)) { // such as "example.org"
        HttpResponse page = http.get("/");
        System.out.println(page.status() + " " + page.reason());
        page.headers().forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        System.out.println(page.text());
      }
      // end: py-course-page

      assertThat(printed.lines())
          .containsExactly("200 OK", "Content-Length: 5", "Content-Type: text/plain", "", "hello");
    }
  }

  // docs: py-course-failures
  static void printPage(Endpoint server, HttpOptions options) throws IOException {
    try (var http = new HttpClient(server, options)) {
      System.out.println(http.get("/").text());
    } catch (UnresolvedHostException e) {
      System.out.println("no such name: " + e.endpoint().host());
    } catch (ConnectionRefusedException e) {
      System.out.println("nobody listens there: " + e.endpoint().host());
    } catch (DeadlineExceededException e) {
      System.out.println("too slow in " + e.phase() + ": " + e.endpoint().host());
    }
  }
  // end: py-course-failures

  @Test
  void tellsThreeFailuresApart() throws IOException {
    Dialer nameless = Dialer.builder()
        .resolver(host -> {
          throw new UnknownHostException(host);
        })
        .build();
    Endpoint nobody;
    try (EchoServer closed = EchoServer.start()) {
      nobody = closed.endpoint();
    }
    Dialer impatient = Dialer.builder().silenceTimeout(SHORT).build();

    printPage(
        Endpoint.parse("nowhere.example:80"),
        HttpOptions.builder().dialer(nameless).build());
    printPage(nobody, HttpOptions.standard());
    try (PeerServer silent = PeerServer.start(PeerConnection::hold)) {
      printPage(silent.endpoint(), HttpOptions.builder().dialer(impatient).build());
    }

    assertThat(printed.lines())
        .containsExactly(
            "no such name: nowhere.example",
            "nobody listens there: 127.0.0.1",
            "too slow in HEAD: 127.0.0.1");
  }

  @Test
  void saysThatItHasSaidAll() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: py-course-shutdown
      try (Wire wire = Dialer.standard().dial(endpoint)) {
        wire.output().write("that is all".getBytes(StandardCharsets.UTF_8));
        wire.output().shutdown(); // I have said all; you may go on
        byte[] rest = wire.input().readAllBytes();
        System.out.println(new String(rest, StandardCharsets.UTF_8));
      } // both directions end here
      // end: py-course-shutdown

      assertThat(printed.lines()).containsExactly("that is all");
    }
  }
}
