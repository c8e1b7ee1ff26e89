package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.line.LineClient;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/errors.md. */
@Timeout(60)
class ErrorsGuideTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void tellsFailuresApart() throws IOException {
    Endpoint nobody;
    try (var server = EchoServer.start()) {
      nobody = server.endpoint();
    }
    try (var http = new HttpClient(nobody)) {

      // docs: catch
      try {
        System.out.println(http.get("/news").text());
      } catch (ConnectFailedException e) {
        System.out.println("not reached: " + e.getMessage());
      } catch (DeadlineExceededException e) {
        System.out.println(
            "too slow while in " + e.phase() + ": " + e.elapsed().toMillis() + " ms");
      } catch (WirelineException e) {
        System.out.println("failed: " + e.getMessage());
      }
      // end: catch

      assertThat(printed.lines()).hasSize(1);
      assertThat(printed.lines().get(0)).startsWith("not reached: connecting to 127.0.0.1:");
    }
  }

  @Test
  void goesOnWhereTheConnectionIsUsable() throws IOException {
    try (var server = PeerServer.start(connection -> connection.write("caf\u00e9\r\nthe end\r\n"));
        var client = new LineClient(server.endpoint())) {

      // docs: usable
      try {
        System.out.println(client.readLine());
      } catch (PeerProtocolException e) {
        System.out.println("a line was skipped: " + e.excerpt());
        if (!e.connectionUsable()) {
          throw e;
        }
      }
      System.out.println(client.readLine());
      // end: usable

      assertThat(printed.lines()).containsExactly("a line was skipped: \"caf\\xe9\"", "the end");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void tellsWhatWasSaidBeforeAFailure() throws IOException {
    try (var server = ScriptedServer.play("S: +OK ready\nC: STAT\n<close>");
        var client = new LineClient(server.endpoint())) {

      // docs: error-transcript
      Transcript.of(client);
      try {
        System.out.println(client.readLine());
        client.writeLine("STAT");
        System.out.println(client.readLine());
      } catch (WirelineException e) {
        e.transcript().forEach(System.out::println);
      }
      // end: error-transcript

      assertThat(printed.lines()).containsExactly("+OK ready", "S: +OK ready", "C: STAT");
    }
  }

  @Test
  void dialsAgainAfterAFailure() throws IOException {
    RawAnswer cut =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf").thenStall();
    RawAnswer whole = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
    HttpOptions options =
        HttpOptions.builder().callTimeout(Duration.ofMillis(150)).build();
    try (var server = RawServer.answering(cut, whole);
        var http = new HttpClient(server.endpoint(), options)) {

      // docs: again
      String text;
      try {
        text = http.get("/news").text();
      } catch (DeadlineExceededException e) {
        text = http.get("/news").text();
      }
      System.out.println(text);
      // end: again

      assertThat(printed.lines()).containsExactly("whole");
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
