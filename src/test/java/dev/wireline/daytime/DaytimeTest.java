package dev.wireline.daytime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
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
}
