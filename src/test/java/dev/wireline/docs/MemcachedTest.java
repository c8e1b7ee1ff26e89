package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Connection;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of docs/guide/your-own-protocol.md, against the test kit and a real memcached. */
@Timeout(60)
class MemcachedTest {
  private static final String CONVERSATION = """
      C: get greeting
      S: END
      C: set greeting 0 0 5
      C: hello
      S: STORED
      C: get greeting
      S: VALUE greeting 0 5
      S: hello
      S: END
      C: delete greeting
      S: DELETED
      C: delete greeting
      S: NOT_FOUND
      """;

  /** What starts a server. */
  @FunctionalInterface
  interface Start {
    MemcachedServer run() throws IOException;
  }

  static List<Named<Start>> servers() {
    List<Named<Start>> servers = new ArrayList<>();
    servers.add(Named.of("test kit", () -> MemcachedServer.scripted(CONVERSATION)));
    MemcachedServer.program()
        .ifPresent(
            program -> servers.add(Named.of("memcached", () -> MemcachedServer.real(program))));
    return servers;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void storesFindsAndRemoves(Start start) throws IOException {
    try (MemcachedServer server = start.run()) {
      String endpoint = server.endpoint().toString();

      // docs: memcached-use, endpoint is "localhost"
      try (var cache = new Memcached(endpoint)) {
        assertThat(cache.get("greeting")).isEmpty();

        cache.set("greeting", "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(cache.get("greeting")).hasValue("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(cache.delete("greeting")).isTrue();
        assertThat(cache.delete("greeting")).isFalse();
      }
      // end: memcached-use

      server.verify();
    }
  }

  // docs: memcached-test
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsAValueHoweverItIsCut(Delivery delivery) throws IOException {
    String script = """
        C: get greeting
        S: VALUE greeting 0 5
        S: hello
        S: END
        """;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThat(cache.get("greeting")).hasValue("hello".getBytes(StandardCharsets.UTF_8));
      server.verify();
    }
  }

  @Test
  void breaksOffWhenTheAnswerMakesNoSense() throws IOException {
    try (var server = ScriptedServer.play("C: get greeting\nS: VALUE greeting 0 many");
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> cache.get("greeting"))
          .withMessageContaining("VALUE greeting 0 many");

      assertThat(cache.state()).isEqualTo(Connection.State.BROKEN);
    }
  }

  @Test
  void staysUsableAfterARefusal() throws IOException {
    String script = """
        C: get greeting
        S: SERVER_ERROR out of memory
        C: get greeting
        S: END
        """;
    try (var server = ScriptedServer.play(script);
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(MemcachedRefusal.class)
          .isThrownBy(() -> cache.get("greeting"))
          .withMessageContaining("memcached says \"SERVER_ERROR out of memory\"")
          .satisfies(e -> assertThat(e.answer()).isEqualTo("SERVER_ERROR out of memory"));

      assertThat(cache.get("greeting")).isEmpty();
      server.verify();
    }
  }

  @Test
  void neverTakesACutValueForAWholeOne() throws IOException {
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("VALUE greeting 0 5\r\nhel");
        });
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> cache.get("greeting"))
          .withMessageContaining("3 of 5 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a key", "a\r\nflush_all", "a\u0000b"})
  void refusesAKeyThatWouldBeAnotherCommand(String key) throws IOException {
    try (var cache = new Memcached("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> cache.get(key));

      assertThat(cache.state()).isEqualTo(Connection.State.NEW);
    }
  }
  // end: memcached-test

  static final List<Arguments> NONSENSE = List.of(
      Arguments.of("HELLO\r\n", PeerProtocolException.class),
      Arguments.of("VALUE k 0 many\r\n", PeerProtocolException.class),
      Arguments.of("VALUE k 0 -1\r\n", PeerProtocolException.class),
      Arguments.of("VALUE k 0 99999999999\r\n", PeerProtocolException.class),
      Arguments.of("VALUE k 0 1000000000\r\n", LimitExceededException.class),
      Arguments.of("VALUE k 0 10\r\nabc", ConnectionClosedException.class),
      Arguments.of("VALUE k 0 3\r\nabc\r\n", ConnectionClosedException.class),
      Arguments.of("VALUE k 0 3\r\nabc\r\nEN", ConnectionClosedException.class),
      Arguments.of("", ConnectionClosedException.class));

  @ParameterizedTest
  @FieldSource("NONSENSE")
  void isNeverUsedAgainAfterNonsense(String answer, Class<? extends WirelineException> failure)
      throws IOException {
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write(answer);
        });
        var cache = new Memcached(server.endpoint(), LineOptions.standard())) {
      WirelineException thrown = catchThrowableOfType(failure, () -> cache.get("k"));

      assertThat(thrown.connectionUsable()).isFalse();
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> cache.get("k"))
          .havingCause()
          .isSameAs(thrown);
    }
  }

  @Test
  void takesItsPortWhereNoneIsWritten() {
    try (var cache = new Memcached("localhost")) {
      assertThat(cache.endpoint()).isEqualTo(Endpoint.tcp("localhost", 11211));
    }
  }

  @Test
  void worksInItsFirstVersionToo() throws IOException {
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
      assertThat(cache.get("greeting")).hasValue("hello\r\nwire".getBytes(StandardCharsets.UTF_8));
      assertThat(cache.get("nothing")).isEmpty();
      server.verify();
    }
  }
}
