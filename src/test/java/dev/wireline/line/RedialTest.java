package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dialling again, with waits that grow. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class RedialTest {
  private static final Backoff SLOW = Backoff.standard()
      .withFirstWait(Duration.ofMinutes(10))
      .withMaxWait(Duration.ofMinutes(10))
      .withTotal(Duration.ofHours(1));

  private static String nobody() throws IOException {
    try (PeerServer server = PeerServer.start(connection -> {})) {
      return server.endpoint().toString();
    }
  }

  @Test
  void dialsAgainUntilItIsConnected() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          if (connection.number() > 3) {
            connection.write("hello\r\n");
            connection.write(connection.readLine() + "\r\n");
          }
        });
        Greeted client = new Greeted(server.endpoint().toString())) {
      client.again(Redialling.QUICK);
      client.writeLine("x");

      assertThat(client.readLine()).isEqualTo("x");
      assertThat(client.greetings).hasValue(4);
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  private static final class Greeted extends LineClient {
    final AtomicInteger greetings = new AtomicInteger();

    Greeted(String endpoint) {
      super(endpoint);
    }

    @Override
    protected void greet() throws IOException {
      greetings.incrementAndGet();
      if (readLine().equals("no")) {
        throw refused("no");
      }
    }

    void again(Backoff backoff) throws IOException {
      redial(backoff);
    }
  }

  @Test
  void leavesAConnectionThatIsThereForANewOne() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write(connection.number() + "\r\n");
          connection.readLine();
        });
        Redialling client = new Redialling(server.endpoint().toString())) {
      assertThat(client.readLine()).isEqualTo("1");

      client.redial();

      assertThat(client.readLine()).isEqualTo("2");
    }
  }

  @Test
  void triesOnceMoreOnlyWhereTimeIsLeft() throws Exception {
    Backoff hurried = Redialling.QUICK.withTotal(Duration.ofMillis(500));
    try (Redialling client = new Redialling(nobody())) {
      // The last try is refused, or has no time left to be.
      assertThatExceptionOfType(WirelineException.class)
          .isThrownBy(() -> client.again(hurried))
          .satisfies(e -> assertThat(Stream.concat(Stream.of(e), Stream.of(e.getSuppressed())))
              .hasAtLeastOneElementOfType(ConnectionRefusedException.class));
      assertThatExceptionOfType(ConnectionRefusedException.class)
          .isThrownBy(() -> client.again(SLOW.withTotal(Duration.ofMinutes(1))));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void doesNotTryAgainWhatNoWaitMends() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("no\r\n");
          connection.readLine();
        });
        Greeted client = new Greeted(server.endpoint().toString())) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> client.again(Redialling.QUICK));

      assertThat(client.greetings).hasValue(1);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void endsByAClose() throws Exception {
    try (Redialling client = new Redialling(nobody())) {
      Caller<Boolean> dialling = Caller.run(ThreadKind.PLATFORM, () -> client.again(SLOW));
      dialling.awaitParked();

      client.close();

      assertThat(dialling.failure()).isInstanceOf(ClientClosedException.class);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::redial);
    }
  }

  @Test
  void endsByAnInterrupt() throws Exception {
    try (Redialling client = new Redialling(nobody())) {
      Caller<Boolean> dialling = Caller.run(ThreadKind.PLATFORM, () -> client.again(SLOW));
      dialling.awaitParked();

      dialling.interrupt();

      assertThat(dialling.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(dialling.endedInterrupted()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void doublesTheWaitUpToABound() {
    Backoff backoff = Backoff.standard()
        .withFirstWait(Duration.ofMillis(100))
        .withMaxWait(Duration.ofMillis(350));

    assertThat(backoff.pause(1, 0)).isEqualTo(Duration.ofMillis(50));
    assertThat(backoff.pause(1, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.pause(2, 1)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.pause(3, 1)).isEqualTo(Duration.ofMillis(350));
    assertThat(backoff.pause(100, 0)).isEqualTo(Duration.ofMillis(175));
    assertThat(backoff.pause(9)).isBetween(Duration.ofMillis(175), Duration.ofMillis(350));
    assertThat(backoff.withMaxWait(Duration.ofMillis(10)).pause(1, 1))
        .isEqualTo(Duration.ofMillis(10));
    assertThat(backoff.withMaxWait(Duration.ofSeconds(Long.MAX_VALUE)).pause(200, 1))
        .isPositive();
  }

  @Test
  void takesNoTimeThatIsNone() {
    Backoff backoff = Backoff.standard();

    assertThatIllegalArgumentException().isThrownBy(() -> backoff.withFirstWait(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> backoff.withMaxWait(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backoff.withTotal(Duration.ofSeconds(-1)));
  }
}
