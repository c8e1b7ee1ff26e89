package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MemcachedTest {
  private static final byte[] VALUE = "a\r\nEND".getBytes(UTF_8);
  private static final String STORED = """
      C: set greeting 0 0 6
      C: a
      C: END
      S: STORED
      """;
  private static final String FOUND = """
      C: get greeting none other
      S: VALUE greeting 0 6
      S: a
      S: END
      S: VALUE other 5 0
      S:
      S: END
      """;

  private static Memcached client(ScriptedServer server) {
    return new Memcached(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void storesFindsCountsAndRemoves(Delivery delivery) throws IOException {
    String script = STORED + FOUND + """
        C: get none
        S: END
        C: incr visits 5
        S: 18446744073709551615
        C: incr none 5
        S: NOT_FOUND
        C: delete greeting
        S: DELETED
        C: delete greeting
        S: NOT_FOUND
        """;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var cache = client(server)) {
      cache.set("greeting", VALUE);
      var found = cache.get(List.of("greeting", "none", "other", "none"));
      assertThat(cache.get("none")).isEmpty();
      assertThat(cache.get(List.of())).isEmpty();
      assertThat(cache.increment("visits", 5)).hasValue(-1);
      assertThat(cache.increment("none", 5)).isEmpty();
      assertThat(cache.delete("greeting")).isTrue();
      assertThat(cache.delete("greeting")).isFalse();

      assertThat(found).containsOnlyKeys("greeting", "other");
      assertThat(found.get("greeting")).isEqualTo(VALUE);
      assertThat(found.get("other")).isEmpty();
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR",
        "CLIENT_ERROR cannot increment or decrement non-numeric value",
        "SERVER_ERROR out of memory"
      })
  void staysUsableAfterARefusal(String answer) throws IOException {
    String script = "C: get greeting\nS: " + answer + "\nC: incr n 1\nS: " + answer + "\n" + STORED;
    try (var server = ScriptedServer.play(script);
        var cache = client(server)) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> cache.get("greeting"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo(answer));
      assertThatExceptionOfType(ReplyException.class).isThrownBy(() -> cache.increment("n", 1));

      cache.set("greeting", VALUE);
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "STORED",
        "VALUE greeting 0",
        "VALUE greeting 0 many",
        "VALUE greeting 0 -1",
        "VALUE greeting 0 1 2",
        "VALUE other 0 1\nS: a",
        "VALUE greeting 0 1\nS: ab",
        "VALUE greeting 0 1\nS: a\nS: VALUE greeting 0 1\nS: a"
      })
  void breaksOffWhenTheAnswerMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: get greeting\nS: " + answer);
        var cache = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> cache.get("greeting"));

      assertThat(cache.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "x", "18446744073709551616"})
  void breaksOffWhenASumIsNone(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: incr visits 1\nS: " + answer);
        var cache = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> cache.increment("visits", 1));
    }
  }

  @Test
  void takesNoValueThatIsTooLarge() throws IOException {
    try (var server = ScriptedServer.play("C: get greeting\nS: VALUE greeting 0 99999999999");
        var cache = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> cache.get("greeting"));

      assertThat(cache.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a key", "a\r\nflush_all", "a\u0000b", "a\u007f", "a\tb"})
  void refusesAKeyThatWouldBeAnotherCommand(String key) {
    try (var cache = new Memcached("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> cache.get(key));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.get(List.of("fine", key)));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.set(key, VALUE));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.delete(key));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.increment(key, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.get("ü".repeat(126)));

      assertThat(cache.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(STORED + FOUND, server -> {
      try (var cache = new Memcached(server, LineOptions.standard())) {
        cache.set("greeting", VALUE);
        cache.get(List.of("greeting", "none", "other"));
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after("C: get greeting\nS: VALUE greeting 0 5").run(server -> {
      try (var cache = new Memcached(server, Hurried.options())) {
        cache.get("greeting");
      }
    });
  }
}
