package dev.wireline.daytime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.QuestionOptions;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Daytime with a server that says what the test says. */
@Timeout(60)
class DaytimeTest {
  @Test
  void readsTheTimeThatIsForPeople() throws IOException {
    try (var server = ScriptedServer.play("S> \"\\nSaturday, November 28, 2026\\r\\n\"\n<close>")) {
      assertThat(Daytime.ask(server.endpoint().toString()))
          .isEqualTo("Saturday, November 28, 2026");
    }
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried =
        QuestionOptions.standard().withTimeout(Duration.ofMillis(100)).withMaxBytes(64 * 1024);
    HostilePeers.builder()
        .without("hangs up", "hangs up in a line", "garbage")
        .run(server -> Daytime.ask(server, hurried));
  }
}
