package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import dev.wireline.net.Connection.State;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of a protocol of one's own, against a server that plays it. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class MemcachedTest {
  private static final String SCRIPT = """
      C: get greeting
      S: VALUE greeting 0 11
      S: Hello
      S: wire
      S: END
      C: get nothing
      S: END
      C: get empty
      S: VALUE empty 0 0
      S:
      S: END
      """;

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void getsValues(Delivery delivery) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.builder(SCRIPT).delivery(delivery).start();
        Memcached cache = new Memcached(server.endpoint().toString())) {
      assertThat(cache.get("greeting")).contains("Hello\r\nwire".getBytes(US_ASCII));
      assertThat(cache.get("nothing")).isEmpty();
      assertThat(cache.get("empty")).contains(new byte[0]);
      server.verify();
    }
  }

  @Test
  void takesItsPortWhereNoneIsWritten() {
    try (Memcached cache = new Memcached("localhost")) {
      assertThat(cache.endpoint()).isEqualTo(Endpoint.tcp("localhost", 11211));
      assertThat(cache.state()).isEqualTo(State.NEW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "end\r", "end\nquit", "nul\0"})
  void refusesAKeyBeforeAByteLeaves(String key) throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: get k\nS: END");
        Memcached cache = new Memcached(server.endpoint().toString())) {
      assertThatIllegalArgumentException().isThrownBy(() -> cache.find(key));

      assertThat(cache.find("k")).isEmpty();
      server.verify();
    }
  }

  static final List<Arguments> NONSENSE = List.of(
      Arguments.of("ERROR\r\n", PeerProtocolException.class),
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
  void breaksOffAtNonsense(String answer, Class<? extends WirelineException> failure)
      throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write(answer);
        });
        Memcached cache = new Memcached(server.endpoint().toString())) {
      WirelineException thrown = catchThrowableOfType(failure, () -> cache.find("k"));

      assertThat(thrown.connectionUsable()).isFalse();
      assertThat(cache.state()).isEqualTo(State.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> cache.find("k"))
          .havingCause()
          .isSameAs(thrown);
    }
  }
}
