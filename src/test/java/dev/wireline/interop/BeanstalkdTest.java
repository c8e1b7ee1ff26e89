package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.examples.Beanstalk;
import dev.wireline.examples.Beanstalk.Job;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The example of beanstalkd with beanstalkd. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BeanstalkdTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(20);

  private RealServer server;

  @BeforeAll
  void startServer() throws IOException {
    server = LineServers.beanstalkd();
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** A client for one tube alone. */
  private Beanstalk client(String tube) throws IOException {
    Beanstalk queue = new Beanstalk(server.endpoint(), LineOptions.standard());
    queue.use(tube);
    queue.watch(tube);
    queue.ignore("default");
    return queue;
  }

  @Test
  void handsOverWhatWasPut() throws IOException {
    byte[] body = "two\r\nlines\r\n".getBytes(UTF_8);
    try (Beanstalk queue = client("post")) {
      long later = queue.put("later".getBytes(UTF_8), 10, MINUTE);
      long first = queue.put(body, 1, MINUTE);

      Job job = queue.reserve(SOON).orElseThrow();
      assertThat(job.id()).isEqualTo(first);
      assertThat(job.body()).isEqualTo(body);
      assertThat(queue.delete(first)).isTrue();
      assertThat(queue.delete(first)).isFalse();
      assertThat(queue.reserve(SOON))
          .hasValueSatisfying(next -> assertThat(next.id()).isEqualTo(later));
    }
  }

  @Test
  void waitsForAJobThatAnotherPuts() throws Exception {
    try (Beanstalk worker = client("work");
        Beanstalk boss = client("work")) {
      FutureTask<Optional<Job>> waiting = new FutureTask<>(() -> worker.reserve(SOON));
      new Thread(waiting, "worker").start();
      boss.put(new byte[0], 0, MINUTE);

      assertThat(waiting.get(30, TimeUnit.SECONDS)).isPresent();
    }
  }

  @Test
  void saysWhenThereIsNoJob() throws IOException {
    try (Beanstalk queue = client("empty")) {
      assertThat(queue.reserve(Duration.ZERO)).isEmpty();
      assertThat(queue.reserve(Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void saysWhenTheTimeOfAJobIsNearlyOver() throws IOException {
    try (Beanstalk queue = client("urgent")) {
      queue.put(new byte[] {1}, 0, Duration.ofSeconds(2));
      assertThat(queue.reserve(SOON)).isPresent();

      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.reserve(SOON))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("DEADLINE_SOON"));
    }
  }

  @Test
  void goesOnAfterARefusal() throws IOException {
    try (Beanstalk queue = client("small")) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.put(new byte[70_000], 0, MINUTE))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("JOB_TOO_BIG"));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.ignore("small"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("NOT_IGNORED"));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> queue.stats("none.such"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("NOT_FOUND"));

      assertThat(queue.stats("small")).containsEntry("name", "small");
      assertThat(queue.stats()).containsKeys("version", "current-connections");
    }
  }
}
