package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
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
}
