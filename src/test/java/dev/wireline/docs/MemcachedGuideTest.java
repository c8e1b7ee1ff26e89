package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.examples.Memcached;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Recorder;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples of docs/guide/your-own-protocol.md that speak with memcached. */
@Timeout(60)
class MemcachedGuideTest {

  @Test
  void worksInItsFirstVersion() throws IOException {
    String script = """
        C: get greeting
        S: VALUE greeting 0 11
        S: hello
        S: wire
        S: END
        C: get nothing
        S: END
        """;
    try (var server = ScriptedServer.play(script);
        var cache = new FirstMemcached(server.endpoint().toString())) {
      assertThat(cache.get("greeting")).hasValue("hello\r\nwire".getBytes(UTF_8));
      assertThat(cache.get("nothing")).isEmpty();
      server.verify();
    }
  }

  // docs: memcached-test
  private static final String FOUND = """
      C: get greeting
      S: VALUE greeting 0 5
      S: hello
      S: END
      """;

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsAValueHoweverItIsCut(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(FOUND).delivery(delivery).start();
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThat(cache.get("greeting")).hasValue("hello".getBytes(UTF_8));
      server.verify();
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(FOUND, server -> {
      try (var cache = new Memcached(server, LineOptions.standard())) {
        cache.get("greeting");
      }
    });
  }
  // end: memcached-test

  @Test
  void withstandsBadServers() throws IOException {
    Duration quarter = Duration.ofMillis(250);
    Dialer dialer = Dialer.builder().silenceTimeout(quarter).tlsTimeout(quarter).build();
    LineOptions hurried =
        LineOptions.builder().dialer(dialer).transferTimeout(quarter).build();

    HostilePeers.builder().after("C: get greeting\nS: VALUE greeting 0 5").run(server -> {
      try (var cache = new Memcached(server, hurried)) {
        cache.get("greeting");
      }
    });
  }

  @Test
  void staysUsableAfterARefusal() throws IOException {
    String script = "C: get greeting\nS: SERVER_ERROR out of memory\n" + FOUND;
    try (var server = ScriptedServer.play(script);
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(ReplyException.class).isThrownBy(() -> cache.get("greeting"));

      assertThat(cache.get("greeting")).isPresent();
      server.verify();
    }
  }

  @Test
  void breaksOffWhenTheAnswerMakesNoSense() throws IOException {
    try (var server = ScriptedServer.play("C: get greeting\nS: VALUE greeting 0 many");
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> cache.get("greeting"));

      assertThat(cache.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void recordsARealServer(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("get.script");
    try (var real = ScriptedServer.play(FOUND)) {
      Endpoint server = real.endpoint();

      // docs: memcached-record
      try (var recorder = Recorder.of(server);
          var cache = new Memcached(recorder.endpoint(), LineOptions.standard())) {
        cache.get("greeting");
        recorder.saveTo(file); // to be played by ScriptedServer.playFile(file)
      }
      // end: memcached-record
    }

    assertThat(Files.readString(file)).isEqualTo(FOUND);
  }
}
