package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/downloads.md. */
@Timeout(60)
class HttpGuideDownloadsTest {
  // docs: http-save-into
  /** Saves a report, under its own name if it has one. */
  static Path save(HttpAgent agent, String report, Path folder) throws IOException {
    return agent.get(report).requireSuccess().saveInto(folder, "report.pdf");
  }
  // end: http-save-into

  @Test
  void savesUnderTheNameOfTheServer(@TempDir Path folder) throws IOException {
    String named = "Content-Disposition: attachment; filename=\"/tmp/tides 7.pdf\"\r\n";
    try (var server = RawServer.answering(Answers.status("200 OK", named, "tides"));
        var agent = HttpAgent.create()) {
      assertThat(save(agent, Answers.origin(server) + "/report?id=7", folder))
          .isEqualTo(folder.resolve("tides 7.pdf"))
          .hasContent("tides");
    }
  }

  // docs: http-download
  /** Downloads a large file; tries again up to five times when the connection is cut. */
  static void fetch(HttpAgent agent, String url, Path file) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        agent.download(HttpRequest.get(url), file);
        return;
      } catch (ConnectionClosedException e) {
        if (tries == 5) {
          throw e;
        }
      }
    }
  }
  // end: http-download

  @Test
  void goesOnWhereItStopped(@TempDir Path folder) throws IOException {
    RawAnswer cut = RawAnswer.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: \"1\"\r\n\r\nhello")
        .thenClose();
    RawAnswer rest =
        Answers.status("206 Partial Content", "Content-Range: bytes 5-9/10\r\n", "world");
    try (var server = RawServer.answering(cut, rest);
        var agent = HttpAgent.create()) {
      fetch(agent, Answers.origin(server) + "/data.zip", folder.resolve("data.zip"));

      assertThat(folder.resolve("data.zip")).hasContent("helloworld");
      assertThat(Answers.fields(server, "Range")).containsExactly("", "bytes=5-");
    }
  }
}
