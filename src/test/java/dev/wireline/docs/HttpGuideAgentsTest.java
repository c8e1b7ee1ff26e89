package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/guide/http/connections.md with several agents. */
@Timeout(60)
class HttpGuideAgentsTest {
  @Test
  void sharesAPool() throws IOException {
    HttpOptions slow = HttpOptions.builder().callTimeout(Duration.ofHours(1)).build();
    try (var server = RawServer.answering(Answers.ok("done"));
        HttpAgent agent = HttpAgent.create()) {
      // docs: http-same-pool
      HttpAgent patient = agent.toBuilder().options(slow).samePool().build();
      // end: http-same-pool

      try (patient) {
        agent.get(Answers.origin(server)).discard();
        patient.get(Answers.origin(server)).discard();
      }
      assertThat(server.connections()).isOne();
    }
  }
}
