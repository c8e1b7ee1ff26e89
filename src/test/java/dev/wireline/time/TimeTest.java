package dev.wireline.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.QuestionOptions;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time with servers that say what the test says. */
@Timeout(60)
class TimeTest {
  private static InstantSource clock(String time) {
    return InstantSource.fixed(Instant.parse(time));
  }

  @ParameterizedTest
  @CsvSource({
    "eeac0640, 2026-11-21T12:00:00Z, 2026-11-21T12:00:00Z",
    "eeac0640, 2026-11-23T08:00:00Z, 2026-11-21T12:00:00Z",
    "83aa7e80, 1970-01-02T00:00:00Z, 1970-01-01T00:00:00Z",
    "ffffffff, 2036-02-07T06:28:17Z, 2036-02-07T06:28:15Z",
    "00000000, 2036-02-07T06:28:10Z, 2036-02-07T06:28:16Z",
    "00000001, 2040-01-01T00:00:00Z, 2036-02-07T06:28:17Z"
  })
  void readsTheMomentNearestToTheClock(String bytes, String clock, Instant time)
      throws IOException {
    String script = "S> \"" + bytes.replaceAll("..", "\\\\x$0") + "\"\n<close>";
    try (var server = ScriptedServer.play(script)) {
      assertThat(Time.ask(server.endpoint(), QuestionOptions.standard(), clock(clock)))
          .isEqualTo(time);
    }
  }

  @Test
  void takesFewerThanFourBytesForNoTime() throws IOException {
    CutPoints.everyCutPoint("S> \"\\xee\\xac\\x06\\x40\"", server -> Time.ask(server.toString()));
  }
}
