package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RedisTest {
  private static final byte[] VALUE = "a\r\n+b".getBytes(UTF_8);
  private static final String GET = "C> \"*2\\r\\n$3\\r\\nGET\\r\\n$1\\r\\nk\\r\\n\"\n";
  private static final String SET =
      "C> \"*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nk\\r\\n$5\\r\\na\\r\\n+b\\r\\n\"\n";
  private static final String INCR = "C> \"*2\\r\\n$4\\r\\nINCR\\r\\n$1\\r\\nn\\r\\n\"\n";
  private static final String EXEC = "C> \"*1\\r\\n$4\\r\\nEXEC\\r\\n\"\n";
  private static final String NESTED = EXEC + """
      S: *4
      S: :-7
      S: *2
      S: +OK
      S: $-1
      S: -WRONGTYPE no list
      S: *-1
      """;

  private static Redis client(ScriptedServer server) {
    return new Redis(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void storesFindsAndCounts(Delivery delivery) throws IOException {
    String script = SET + "S: +OK\n" + GET + "S> \"$5\\r\\na\\r\\n+b\\r\\n\"\n" + GET + "S: $-1\n"
        + GET + "S> \"$0\\r\\n\\r\\n\"\n" + INCR + "S: :-9223372036854775808";
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var redis = client(server)) {
      redis.set("k", VALUE);
      assertThat(redis.get("k")).hasValue(VALUE);
      assertThat(redis.get("k")).isEmpty();
      assertThat(redis.get("k")).hasValue(new byte[0]);
      assertThat(redis.increment("n")).isEqualTo(Long.MIN_VALUE);

      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsWhatIsNested(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(NESTED).delivery(delivery).start();
        var redis = client(server)) {
      RedisReply reply = redis.call("EXEC");

      assertThat(reply)
          .isEqualTo(new RedisReply.Items(List.of(
              new RedisReply.Numeral(-7),
              new RedisReply.Items(List.of(new RedisReply.Text("OK"), RedisReply.NOTHING)),
              new RedisReply.Failure("WRONGTYPE no list"),
              RedisReply.NOTHING)));
      server.verify();
    }
  }

  @Test
  void staysUsableAfterARefusal() throws IOException {
    String script = INCR + "S: -WRONGTYPE this is a list\n" + GET + "S: $-1";
    try (var server = ScriptedServer.play(script);
        var redis = client(server)) {
      assertThatExceptionOfType(Redis.Refusal.class)
          .isThrownBy(() -> redis.increment("n"))
          .withMessageContaining("Redis says \"WRONGTYPE this is a list\"")
          .satisfies(e -> assertThat(e.code()).isEqualTo("WRONGTYPE"));

      assertThat(redis.get("k")).isEmpty();
      server.verify();
    }
  }

  @Test
  void losesNoAnswerOfAPipelineToARefusal() throws IOException {
    String script = INCR + GET + INCR + "S: :1\nS: -ERR no such thing\nS: :2\n" + GET + "S: $-1";
    try (var server = ScriptedServer.play(script);
        var redis = client(server)) {
      Pipeline pipeline = Pipeline.of(redis);
      Pipelined<RedisReply> first = redis.call(pipeline, "INCR", "n");
      Pipelined<RedisReply> refused = redis.call(pipeline, "GET", "k");
      Pipelined<RedisReply> last = redis.call(pipeline, "INCR", "n");
      pipeline.run();

      assertThat(first.get()).isEqualTo(new RedisReply.Numeral(1));
      assertThatExceptionOfType(Redis.Refusal.class)
          .isThrownBy(refused::get)
          .satisfies(e -> assertThat(e.code()).isEqualTo("ERR"));
      assertThat(last.get()).isEqualTo(new RedisReply.Numeral(2));
      assertThat(redis.get("k")).isEmpty();
      server.verify();
    }
  }

  @Test
  void knowsWhichAnswersOfAPipelineCame() throws IOException {
    try (var server = ScriptedServer.play(INCR + INCR + "S: :1\n<close>");
        var redis = client(server)) {
      Pipeline pipeline = Pipeline.of(redis);
      Pipelined<RedisReply> first = redis.call(pipeline, "INCR", "n");
      Pipelined<RedisReply> second = redis.call(pipeline, "INCR", "n");

      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(pipeline::run);
      assertThat(first.get()).isEqualTo(new RedisReply.Numeral(1));
      assertThat(second.isAnswered()).isFalse();
    }
  }

  @Test
  void showsNoPassword() throws IOException {
    String script = "C> \"*2\\r\\n$4\\r\\nAUTH\\r\\n$6\\r\\nsesame\\r\\n\"\nS: -WRONGPASS no\n";
    try (var server = ScriptedServer.play(script);
        var redis = client(server)) {
      Transcript said = Transcript.of(redis);

      assertThatExceptionOfType(Redis.Refusal.class)
          .isThrownBy(() -> redis.login("sesame"))
          .withMessageNotContaining("sesame");

      assertThat(said.toString()).contains("AUTH", "WRONGPASS").doesNotContain("sesame", "$6");
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OK",
        "%1",
        "$",
        "$-2",
        "$+1",
        "$x",
        "$1\nS: ab",
        "*",
        "*-2",
        "*1x",
        "+OK",
        ":1",
        "*0"
      })
  void breaksOffWhenTheAnswerMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play(GET + "S: " + answer);
        var redis = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> redis.get("k"));

      assertThat(redis.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {":", ":-", ":+1", ":1-", ":1 2", ":1 ", ":9223372036854775808", ":x", "$-1"})
  void breaksOffWhenANumberIsNone(String answer) throws IOException {
    try (var server = ScriptedServer.play(INCR + "S: " + answer);
        var redis = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> redis.increment("n"));

      assertThat(redis.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesNoReplyThatIsTooDeep() throws IOException {
    try (var server = ScriptedServer.play(EXEC + "S: *1\n".repeat(17));
        var redis = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> redis.call("EXEC"))
          .satisfies(e -> assertThat(e.limit()).isEqualTo("maxDepth"));

      assertThat(redis.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesNoReplyThatIsTooLarge() throws IOException {
    try (var server = ScriptedServer.play(GET + "S: $99999999999");
        var redis = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> redis.get("k"));
    }
  }

  @Test
  void takesNoReplyOfTooManyItems() throws IOException {
    byte[] items = "$-1\r\n".repeat(10_000).getBytes(UTF_8);
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("*60000000\r\n");
          while (true) {
            peer.write(items);
          }
        });
        var redis = new Redis(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> redis.call("EXEC"))
          .satisfies(e -> assertThat(e.limit()).isEqualTo("maxReplyBytes"));
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(GET + "S> \"$5\\r\\na\\r\\n+b\\r\\n\"\n" + NESTED, server -> {
      try (var redis = new Redis(server, LineOptions.standard())) {
        redis.get("k");
        redis.call("EXEC");
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder()
        .after(EXEC + "S: *100000000")
        .after(EXEC + "S: *2\nS: $5")
        .run(server -> {
          try (var redis = new Redis(server, Hurried.options())) {
            redis.call("EXEC");
          }
        });
  }
}
