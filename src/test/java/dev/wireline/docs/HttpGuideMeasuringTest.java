package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.JfrCalls;
import dev.wireline.testing.RawServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/seeing-in.md that hand calls to other tools. */
@Timeout(60)
class HttpGuideMeasuringTest {
  @Test
  void writesCallsToARecording(@TempDir Path folder) throws IOException {
    try (var server =
            RawServer.answering(Answers.redirect(302, "/today?secret"), Answers.ok("quiet"));
        Recording recording = new Recording()) {
      String url = Answers.origin(server) + "/news?secret";

      // docs: http-jfr
      HttpAgent agent = HttpAgent.builder().listener(new JfrCalls()).build();
      // end: http-jfr

      try (agent) {
        agent.get(url).discard();
        recording.enable("dev.wireline.HttpCall");
        recording.start();
        agent.get(url).discard();
        recording.stop();
        agent.get(url).discard();
      }
      Path file = folder.resolve("calls.jfr");
      recording.dump(file);

      List<String> seen = new ArrayList<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        seen.add(event.getLong("call") + " " + event.getString("kind") + " "
            + event.getString("detail"));
        assertThat(event.getString("url")).startsWith("http://").doesNotContain("secret");
        assertThat(event.getDuration("sinceStart")).isPositive();
        assertThat(event.getStackTrace()).isNull();
      }
      assertThat(seen)
          .containsExactly(
              "2 STARTED GET",
              "2 REUSED ",
              "2 SENT ",
              "2 FIRST_BYTE ",
              "2 ANSWERED 200",
              "2 ENDED ");
    }
  }

  @Test
  void timesCallsForMicrometer() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (var server = RawServer.answering(Answers.ok("one"), Answers.status("404 X", "", ""))) {
      String url = Answers.origin(server);

      // docs: http-timers
      HttpAgent agent = HttpAgent.builder().listener(new CallTimers(registry)).build();
      // end: http-timers

      try (agent) {
        agent.get(url).discard();
        agent.get(url).discard();
      }
    }

    assertThat(registry.find("http.calls").timers())
        .extracting(timer -> timer.getId().getTag("outcome"), Timer::count)
        .containsExactlyInAnyOrder(tuple("200", 1L), tuple("404", 1L));
    assertThat(registry.get("http.calls").timer().totalTime(TimeUnit.NANOSECONDS))
        .isPositive();
    assertThat(registry.get("http.dials").counter().count()).isOne();
    assertThat(registry.get("http.reused").counter().count()).isOne();
  }

  @Test
  void loadsNothingOfTheRecorderUnlessAsked() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xlog:class+load",
            "-cp",
            System.getProperty("java.class.path"),
            QuietFetch.class.getName())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();

    assertThat(output).contains("dev.wireline.http.HttpAgent").contains("answered 204");
    assertThat(output.lines().filter(line -> line.contains("jdk.jfr") || line.contains("JfrCalls")))
        .isEmpty();
  }
}
