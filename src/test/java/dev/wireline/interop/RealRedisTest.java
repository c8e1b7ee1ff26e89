package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.examples.Redis;
import dev.wireline.examples.RedisReply;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The example of Redis with Redis. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRedisTest {
  private static final int MANY = 10_000;

  private RealServer server;

  @BeforeAll
  void startServer() throws IOException {
    server = LineServers.redis();
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private Redis client() throws IOException {
    Redis redis = new Redis(server.endpoint(), LineOptions.standard());
    redis.login(LineServers.PASSWORD);
    return redis;
  }

  @Test
  void storesFindsAndCounts() throws IOException {
    byte[] value = "two\r\nlines\r\n".getBytes(UTF_8);
    try (Redis redis = client()) {
      redis.set("grüße dich", value);
      redis.set("empty", new byte[0]);

      assertThat(redis.get("grüße dich")).hasValue(value);
      assertThat(redis.get("empty")).hasValue(new byte[0]);
      assertThat(redis.get("none")).isEmpty();
      assertThat(redis.increment("visits")).isEqualTo(1);
      assertThat(redis.increment("visits")).isEqualTo(2);
    }
  }

  @Test
  void refusesWhoHasNoPasswordOrAWrongOne() throws IOException {
    try (Redis redis = new Redis(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(Redis.Refusal.class)
          .isThrownBy(() -> redis.get("k"))
          .satisfies(e -> assertThat(e.code()).isEqualTo("NOAUTH"));
      assertThatExceptionOfType(Redis.Refusal.class)
          .isThrownBy(() -> redis.login("guessed"))
          .satisfies(e -> assertThat(e.code()).isEqualTo("WRONGPASS"));

      redis.login(LineServers.PASSWORD);
      assertThat(redis.get("none")).isEmpty();
    }
  }

  @Test
  void answersWithWhatIsNested() throws IOException {
    try (Redis redis = client()) {
      redis.call("MULTI");
      redis.call("RPUSH", "list", "a", "b");
      redis.call("INCR", "list");
      redis.call("LRANGE", "list", "0", "-1");

      RedisReply done = redis.call("EXEC");

      assertThat(done.toString())
          .isEqualTo("Items[items=[Numeral[value=2], Failure[text=WRONGTYPE Operation against a key"
              + " holding the wrong kind of value], Items[items=[a, b]]]]");
    }
  }

  @Test
  void answersAllOfAPipelineWithRefusalsInIt() throws IOException {
    try (Redis redis = client()) {
      redis.set("word", "x".getBytes(UTF_8));
      Pipeline pipeline = Pipeline.of(redis);
      List<Pipelined<RedisReply>> sums = new ArrayList<>();
      List<Pipelined<RedisReply>> refused = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        sums.add(redis.call(pipeline, "INCR", "many"));
        refused.add(redis.call(pipeline, "INCR", "word"));
      }
      pipeline.run();

      for (int i = 0; i < MANY; i++) {
        assertThat(sums.get(i).get()).isEqualTo(new RedisReply.Numeral(i + 1));
        assertThatExceptionOfType(Redis.Refusal.class).isThrownBy(refused.get(i)::get);
      }
      assertThat(redis.get("many")).hasValue(("" + MANY).getBytes(UTF_8));
    }
  }
}
