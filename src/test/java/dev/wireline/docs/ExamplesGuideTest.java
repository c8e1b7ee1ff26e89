package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.examples.Irc;
import dev.wireline.examples.Redis;
import dev.wireline.examples.RedisReply;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of docs/guide/examples.md. */
@Timeout(60)
class ExamplesGuideTest {

  @Test
  void sendsManyCommandsAtOnce() throws IOException {
    String script = """
        C> "*3\\r\\n$3\\r\\nSET\\r\\n$4\\r\\nname\\r\\n$3\\r\\nann\\r\\n"
        S: +OK
        C> "*2\\r\\n$4\\r\\nINCR\\r\\n$4\\r\\nname\\r\\n*2\\r\\n$4\\r\\nINCR\\r\\n$6\\r\\nvisits\\r\\n"
        S: -ERR value is not an integer or out of range
        S: :1
        """;
    try (var server = ScriptedServer.play(script)) {
      String endpoint = server.endpoint().toString();

      // docs: examples-redis
      try (var redis = new Redis(endpoint)) { // such as "localhost"
        redis.set("name", "ann".getBytes(UTF_8));
        Pipeline pipeline = Pipeline.of(redis);
        Pipelined<RedisReply> name = redis.call(pipeline, "INCR", "name");
        Pipelined<RedisReply> visits = redis.call(pipeline, "INCR", "visits");
        pipeline.run();

        assertThatThrownBy(name::get).isInstanceOf(Redis.Refusal.class);
        assertThat(visits.get()).isEqualTo(new RedisReply.Numeral(1));
      }
      // end: examples-redis

      server.verify();
    }
  }

  @Test
  void listensAndSpeaks() throws IOException {
    String script = """
        C: NICK wire
        C: USER wire 0 * :wire
        S: :irc.test 001 wire :Welcome
        C: JOIN #lab
        S: :wire!w@client.test JOIN #lab
        S: PING :still there?
        S: :ann!a@b.test PRIVMSG #lab :hello
        C: PONG :still there?
        C: PRIVMSG #lab :hello ann
        S: ERROR :enough
        """;
    try (var server = ScriptedServer.play(script)) {
      String endpoint = server.endpoint().toString();

      // docs: examples-irc
      try (var irc = new Irc(endpoint, "wire")) { // such as "irc.example"
        irc.join("#lab");
        boolean talking = true;
        while (talking) {
          var heard = irc.listen(Duration.ofMinutes(1));
          if (heard.isPresent() && heard.get().command().equals("PRIVMSG")) {
            irc.privmsg("#lab", "hello " + heard.get().nick());
          }
          talking = heard.isEmpty() || !heard.get().command().equals("ERROR");
        }
      }
      // end: examples-irc

      server.verify();
    }
  }
}
