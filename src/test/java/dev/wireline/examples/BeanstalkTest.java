package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.examples.Beanstalk.Job;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BeanstalkTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final byte[] BODY = "a\r\nb".getBytes(UTF_8);
  private static final String PUT = """
      C: put 7 0 60 4
      C: a
      C: b
      S: INSERTED 12
      """;
  private static final String RESERVED = """
      C: reserve-with-timeout 60
      S: RESERVED 12 4
      S: a
      S: b
      """;
  private static final String COUNTED = """
      C: stats-tube jobs
      S> "OK 38\\r\\n---\\nname: jobs\\ncmd-delete: 1\\npause: 0\\r\\n"
      """;

  private static Beanstalk client(ScriptedServer server) {
    return new Beanstalk(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void putsTakesAndRemoves(Delivery delivery) throws IOException {
    String script = """
        C: use jobs
        S: USING jobs
        C: watch jobs
        S: WATCHING 2
        C: ignore default
        S: WATCHING 1
        """ + PUT + RESERVED + """
        C: delete 12
        S: DELETED
        C: delete 12
        S: NOT_FOUND
        C: reserve-with-timeout 60
        S: TIMED_OUT
        """ + COUNTED;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var queue = client(server)) {
      queue.use("jobs");
      queue.watch("jobs");
      queue.ignore("default");
      assertThat(queue.put(BODY, 7, MINUTE)).isEqualTo(12);
      Job job = queue.reserve(MINUTE).orElseThrow();
      assertThat(queue.delete(job.id())).isTrue();
      assertThat(queue.delete(job.id())).isFalse();
      assertThat(queue.reserve(MINUTE)).isEmpty();

      assertThat(job.body()).isEqualTo(BODY);
      assertThat(queue.stats("jobs"))
          .containsExactly(entry("name", "jobs"), entry("cmd-delete", "1"), entry("pause", "0"));
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OUT_OF_MEMORY",
        "INTERNAL_ERROR",
        "BAD_FORMAT",
        "UNKNOWN_COMMAND",
        "JOB_TOO_BIG",
        "DRAINING",
        "BURIED 12"
      })
  void staysUsableAfterARefusal(String answer) throws IOException {
    String script = "C: put 7 0 60 4\nC: a\nC: b\nS: " + answer + "\n" + PUT;
    try (var server = ScriptedServer.play(script);
        var queue = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.put(BODY, 7, MINUTE))
          .satisfies(e -> assertThat(e.reply()).isEqualTo(answer));

      assertThat(queue.put(BODY, 7, MINUTE)).isEqualTo(12);
      server.verify();
    }
  }

  @Test
  void tellsThatTheTimeOfAJobIsNearlyOver() throws IOException {
    String script = "C: reserve-with-timeout 60\nS: DEADLINE_SOON\n" + RESERVED;
    try (var server = ScriptedServer.play(script);
        var queue = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.reserve(MINUTE))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("DEADLINE_SOON"));

      assertThat(queue.reserve(MINUTE)).isPresent();
    }
  }

  @Test
  void waitsLongerForAJobThanForAnythingElse() throws IOException {
    String script = "C: reserve-with-timeout 1\n<delay 500ms>\nS: TIMED_OUT";
    try (var server = ScriptedServer.play(script);
        var queue = new Beanstalk(server.endpoint(), Hurried.options())) {
      Optional<Job> none = queue.reserve(Duration.ofSeconds(1));

      assertThat(none).isEmpty();
    }
  }

  @Test
  void doesNotWaitForEverForAJob() throws IOException {
    try (var server = ScriptedServer.play("C: reserve-with-timeout 0\n<stall>");
        var queue = new Beanstalk(server.endpoint(), Hurried.options())) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> queue.reserve(Duration.ZERO));

      assertThat(queue.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OK",
        "RESERVED",
        "RESERVED 1",
        "RESERVED x 4",
        "RESERVED 1 -4",
        "RESERVED 1 4 5",
        "RESERVED 1 4\nS: abcde",
        "EXPECTED_CRLF",
        "TIMED_OUTS"
      })
  void breaksOffWhenTheAnswerMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: reserve-with-timeout 60\nS: " + answer);
        var queue = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> queue.reserve(MINUTE));

      assertThat(queue.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INSERTED", "INSERTED x", "INSERTED -1", "INSERTED 12 13", "INSERTED 12 "})
  void breaksOffWhenTheNumberOfAJobMakesNoSense(String answer) throws IOException {
    try (var server =
            ScriptedServer.play("C: put 7 0 60 4\nC: a\nC: b\nS> \"" + answer + "\\r\\n\"");
        var queue = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> queue.put(BODY, 7, MINUTE));

      assertThat(queue.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"USING", "USING jobs jobs", "WATCHING 1"})
  void breaksOffWhenATubeMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: use jobs\nS: " + answer);
        var queue = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> queue.use("jobs"));

      assertThat(queue.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksOffWhenStatisticsMakeNoSense() throws IOException {
    try (var server = ScriptedServer.play("C: stats\nS: OK 8\nS> \"---\\nname\\r\\n\"");
        var queue = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(queue::stats);
    }
  }

  @Test
  void takesNoJobThatIsTooLarge() throws IOException {
    try (var server = ScriptedServer.play("C: reserve-with-timeout 60\nS: RESERVED 1 99999999999");
        var queue = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> queue.reserve(MINUTE));

      assertThat(queue.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-jobs", "a b", "a\r\nb", "grüße", "a\u0000"})
  void refusesANameThatWouldBeMore(String tube) {
    try (var queue = new Beanstalk("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> queue.use(tube));
      assertThatIllegalArgumentException().isThrownBy(() -> queue.watch("x".repeat(201)));

      assertThat(queue.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, PT1S", "4294967296, PT1S", "1, PT-1S", "1, PT1193047H"})
  void refusesNumbersThatTheProtocolDoesNotHave(long priority, Duration timeToRun) {
    try (var queue = new Beanstalk("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> queue.put(BODY, priority, timeToRun));

      assertThat(queue.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(PUT + RESERVED + COUNTED, server -> {
      try (var queue = new Beanstalk(server, LineOptions.standard())) {
        queue.put(BODY, 7, MINUTE);
        queue.reserve(MINUTE);
        queue.stats("jobs");
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after("C: stats\nS: OK 5").run(server -> {
      try (var queue = new Beanstalk(server, Hurried.options())) {
        queue.stats();
      }
    });
  }
}
