package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.testing.PlainClient.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ScriptedServerTest {

  private static final String SCRIPT = """
      # a short dialogue
      S: 220-mail.test
      S: 220 ready

      C: QUIT
      S: 221 bye
      """;

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("waysAndDeliveries")
  void playsAScriptToItsEnd(Way way, Delivery delivery) throws Exception {
    ScriptedServer.Builder builder = ScriptedServer.builder(SCRIPT).delivery(delivery);
    try (ScriptedServer server = start(way, builder);
        PlainClient client = connect(way, server)) {
      assertThat(client.readLine()).isEqualTo("220-mail.test\r\n");
      assertThat(client.readLine()).isEqualTo("220 ready\r\n");
      client.send("QUIT\r\n");
      assertThat(client.readLine()).isEqualTo("221 bye\r\n");

      server.verify();

      assertThat(server.conversation())
          .isEqualTo("S: 220-mail.test\nS: 220 ready\nC: QUIT\nS: 221 bye");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<Arguments> waysAndDeliveries() {
    return Way.all().stream()
        .flatMap(way -> Stream.of(Delivery.values()).map(how -> Arguments.arguments(way, how)));
  }

  private static ScriptedServer start(Way way, ScriptedServer.Builder builder) throws IOException {
    return switch (way) {
      case TCP -> builder.start();
      case TLS -> builder.tls().start();
      case UNIX -> builder.unix().start();
    };
  }

  private static PlainClient connect(Way way, ScriptedServer server) throws IOException {
    return way == Way.TLS
        ? PlainClient.connect(server.endpoint(), server.clientContext())
        : PlainClient.connect(server.endpoint());
  }

  @Test
  void speaksUtf8() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: gr\u00fc\u00df\nC: \u20ac\nS: ok");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("gr\u00fc\u00df\r\n");
      client.send("\u20ac\r\n");
      assertThat(client.readLine()).isEqualTo("ok\r\n");

      server.verify();
    }
  }

  @Test
  void verifiesAfterItWasClosed() throws Exception {
    ScriptedServer server = ScriptedServer.play("S: hello");
    try (server;
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");
    }

    server.verify();
  }

  @Test
  void hangsUpAfterTheClientDid() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: last");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("last\r\n");
      client.shutdownOutput();

      assertThat(client.read()).isEqualTo(-1);
      server.verify();
    }
  }

  @Test
  void hangsUpOnASecondClient() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: hello");
        PlainClient first = PlainClient.connect(server.endpoint())) {
      assertThat(first.readLine()).isEqualTo("hello\r\n");
      try (PlainClient second = PlainClient.connect(server.endpoint())) {
        assertThat(second.read()).isEqualTo(-1);
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void hasNoContextWithoutTls() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: hello")) {
      assertThatIllegalStateException().isThrownBy(server::clientContext);
    }
  }

  @Test
  void refusesNegativePatience() {
    ScriptedServer.Builder builder = ScriptedServer.builder("S: hello");

    assertThatIllegalArgumentException().isThrownBy(() -> builder.patience(Duration.ofMillis(-1)));
  }

  @Test
  void waitsAsLongAsATestCares() throws Exception {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    try (ScriptedServer server =
            ScriptedServer.builder("S: hello").patience(forEver).start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");

      server.verify();
    }
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    long before = Leftovers.descriptors();
    for (int i = 0; i < 5; i++) {
      try (ScriptedServer server = ScriptedServer.play("S: hello");
          PlainClient client = PlainClient.connect(server.endpoint())) {
        assertThat(client.readLine()).isEqualTo("hello\r\n");
      }
    }

    assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(before + 1);
  }

  @Test
  void takesBytesBehindTheEndThatComeAfterItWasVerified() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: hello");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");
      server.verify();

      assertThatCode(() -> client.send("more\r\n")).doesNotThrowAnyException();
    }
  }

  @Test
  void neverMissesBytesBehindTheEndThatArrivedBefore() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (ScriptedServer server = ScriptedServer.play("S: hello");
          PlainClient client = PlainClient.connect(server.endpoint())) {
        assertThat(client.readLine()).isEqualTo("hello\r\n");
        client.send("x");

        assertThatExceptionOfType(AssertionError.class).isThrownBy(server::verify);
      }
    }
  }
}
