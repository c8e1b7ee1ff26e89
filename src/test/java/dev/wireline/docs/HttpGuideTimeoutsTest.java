package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.Dialer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/timeouts.md. */
@Timeout(60)
class HttpGuideTimeoutsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @RegisterExtension
  final Printed printed = new Printed();

  private static HttpAgent silentFor(Duration silence) {
    Dialer dialer = Dialer.builder().silenceTimeout(silence).build();
    return HttpAgent.builder()
        .options(HttpOptions.builder().dialer(dialer).build())
        .build();
  }

  @Test
  void setsTheTimes() throws IOException {
    try (var server = RawServer.answering(Answers.ok("in time"))) {
      String url = Answers.origin(server);

      // docs: http-timeouts
      Dialer dialer = Dialer.builder()
          .connectTimeout(Duration.ofSeconds(3))
          .tlsTimeout(Duration.ofSeconds(3))
          .silenceTimeout(Duration.ofSeconds(10))
          .build();
      HttpOptions options = HttpOptions.builder()
          .dialer(dialer)
          .headTimeout(Duration.ofSeconds(10))
          .callTimeout(Duration.ofSeconds(30))
          .build();
      try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
        System.out.println(agent.get(url).text());
      }
      // end: http-timeouts

      assertThat(printed.lines()).containsExactly("in time");
    }
  }

  @Test
  void tellsWhatRanOut() throws IOException {
    try (var server = PeerServer.start(PeerConnection::hold);
        var agent = silentFor(SHORT)) {
      String url = "http://" + server.endpoint().authority();

      // docs: http-timed-out
      try {
        System.out.println(agent.get(url).text());
      } catch (DeadlineExceededException e) {
        System.out.println(e.setting().orElse("a deadline") + " in " + e.phase());
      }
      // end: http-timed-out

      assertThat(printed.lines()).containsExactly("silenceTimeout in HEAD");
    }
  }

  @Test
  void leavesTheCallTimeoutBehindWhenABodyIsStreamed() throws IOException {
    RawAnswer stalls =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").thenStall();
    try (var server = RawServer.answering(stalls);
        var agent = silentFor(SHORT);
        InputStream body = agent.get(Answers.origin(server)).body()) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(body::readAllBytes)
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.BODY))
          .satisfies(e -> assertThat(e.setting()).hasValue("silenceTimeout"));
    }
  }

  @Test
  void endsADownloadThatDripsOn(@TempDir Path folder) throws IOException {
    RawAnswer drips =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nhalf").thenStall();
    try (var server = RawServer.answering(drips)) {
      Duration moment = Duration.ofMillis(100);

      // docs: http-least-rate
      HttpOptions options = HttpOptions.builder().leastRate(64 * 1024, moment).build();
      HttpAgent agent = HttpAgent.builder().options(options).build();
      // end: http-least-rate

      try (agent) {
        HttpResponse download = agent.get(Answers.origin(server));
        assertThatExceptionOfType(DeadlineExceededException.class)
            .isThrownBy(() -> download.saveTo(folder.resolve("file")))
            .satisfies(e -> assertThat(e.setting()).hasValue("leastRate"));
      }
    }
  }

  @Test
  void holdsABodyThatIsReadWholeToTheCallTimeout() throws IOException {
    RawAnswer stalls =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").thenStall();
    HttpOptions options =
        HttpOptions.builder().callTimeout(Duration.ofMillis(300)).build();
    try (var server = RawServer.answering(stalls);
        var agent = HttpAgent.builder().options(options).build()) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> agent.get(Answers.origin(server)).text())
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.CALL));
    }
  }
}
