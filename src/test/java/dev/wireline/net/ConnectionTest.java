package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a client's connection, and what its threads see of it. */
@Timeout(60)
class ConnectionTest {
  private static final Connection.Greeting NONE = () -> {};

  private final CountDownLatch greeted = new CountDownLatch(1);
  private final AtomicInteger greetings = new AtomicInteger();
  private PeerServer server;

  @BeforeEach
  void start() throws IOException {
    server = PeerServer.start(PeerConnection::hold);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Connection connection() {
    return new Connection(server.endpoint(), Dialer.standard());
  }

  private static Wire wire(Connection connection) throws IOException {
    return connection.wire(NONE, Deadline.NEVER);
  }

  /** Goes on when the test says so. */
  private void greetSlowly() {
    greetings.incrementAndGet();
    try {
      greeted.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the greeting", e);
    }
  }

  @Test
  void dialsAtTheFirstUseAndOnlyThen() throws Exception {
    try (Connection connection = connection()) {
      assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
      assertThat(server.connections()).isZero();

      Wire wire = connection.wire(greetings::incrementAndGet, Deadline.NEVER);

      assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
      assertThat(connection.endpoint()).isEqualTo(server.endpoint());
      assertThat(connection.wire(greetings::incrementAndGet, Deadline.NEVER)).isSameAs(wire);
      assertThat(greetings).hasValue(1);
      server.awaitConnections(1, Duration.ofSeconds(20));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isNewAgainAfterADialThatFailed() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1");
        Connection connection = new Connection(closed.endpoint(), Dialer.standard())) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> wire(connection)).isInstanceOf(ConnectionRefusedException.class);

        assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
      }
    }
  }

  @Test
  void isBrokenAfterAGreetingThatFailed() throws Exception {
    try (Connection connection = connection()) {
      IOException failure = new IOException("no");

      IOException thrown = catchThrowableOfType(
          IOException.class,
          () -> connection.wire(
              () -> {
                throw failure;
              },
              Deadline.NEVER));

      assertThat(thrown).isSameAs(failure);
      assertThat(connection.state()).isEqualTo(ConnectionState.BROKEN);
      Wire wire = wire(connection);
      assertThat(catchThrowableOfType(
              ClientClosedException.class, () -> wire.checkOpen(Activity.READING)))
          .hasCause(failure);
    }
  }

  @Test
  void letsTheGreetingUseTheWire() throws Exception {
    try (Connection connection = connection()) {
      List<Wire> seen = new ArrayList<>();

      Wire wire = connection.wire(() -> seen.add(wire(connection)), Deadline.NEVER);

      assertThat(seen).containsExactly(wire);
    }
  }

  @Test
  void letsOtherThreadsWaitForTheGreeting() throws Exception {
    try (Connection connection = connection()) {
      Caller<Wire> first =
          Caller.start(() -> connection.wire(this::greetSlowly, Deadline.NEVER)).awaitWaiting();
      Caller<Wire> second =
          Caller.start(() -> connection.wire(this::greetSlowly, Deadline.NEVER)).awaitWaiting();
      assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);

      greeted.countDown();

      assertThat(second.result()).isSameAs(first.result());
      assertThat(greetings).hasValue(1);
    }
  }

  @Test
  void dialsForTheOtherThreadWhenTheFirstOneFails() throws Exception {
    BlackHole hole = BlackHole.tcp("127.0.0.1");
    Connection connection = new Connection(
        hole.endpoint(), Dialer.builder().connectTimeout(Duration.ofMillis(300)).build());
    try (hole;
        connection) {
      Caller<Wire> first = Caller.start(() -> wire(connection)).awaitWaiting();
      Caller<Wire> second = Caller.start(() -> wire(connection)).awaitWaiting();

      first.failure(DeadlineExceededException.class);

      second.failure(DeadlineExceededException.class);
      assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void endsTheWaitForTheGreetingAtTheWaitersOwnDeadline() throws Exception {
    try (Connection connection = connection()) {
      Caller<Wire> first =
          Caller.start(() -> connection.wire(this::greetSlowly, Deadline.NEVER)).awaitWaiting();

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> connection.wire(NONE, Deadline.after(Duration.ofMillis(50), Phase.CALL)));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown).hasMessageContaining("another thread was still dialling");
      greeted.countDown();
      assertThat(first.result().isOpen()).isTrue();
    }
  }

  @Test
  void endsTheWaitForTheGreetingAtAnInterrupt() throws Exception {
    try (Connection connection = connection()) {
      Caller<Wire> first =
          Caller.start(() -> connection.wire(this::greetSlowly, Deadline.NEVER)).awaitWaiting();
      Caller<Wire> second = Caller.start(() -> wire(connection)).awaitWaiting();

      second.interrupt();

      second.failure(CallInterruptedException.class);
      assertThat(second.endedInterrupted()).isTrue();
      greeted.countDown();
      assertThat(first.result().isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DIAL_TCP", "HANDSHAKE"})
  void endsADialWhenClosedAndStaysClosed(Blocked.Place place) throws Exception {
    try (Blocked blocked = Blocked.at(place)) {
      Connection connection = new Connection(blocked.wire().endpoint(), Dialer.standard());
      Caller<Wire> dial = Caller.start(() -> wire(connection)).awaitWaiting();
      assertThat(connection.state()).isEqualTo(ConnectionState.NEW);

      connection.close();

      dial.failure(ClientClosedException.class);
      assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
      assertThatThrownBy(() -> wire(connection).checkOpen(Activity.READING))
          .isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void isNotDialledAfterAClose() {
    Connection connection = connection();

    connection.close();
    connection.close();

    ClientClosedException thrown =
        catchThrowableOfType(ClientClosedException.class, () -> wire(connection));
    assertThat(thrown).hasMessageContaining("this client was closed");
    assertThat(server.connections()).isZero();
  }

  @Test
  void wakesAReaderWhenClosed() throws Exception {
    Connection connection = connection();
    Wire wire = wire(connection);
    Caller<Integer> reader = Caller.start(() -> wire.input().read()).awaitWaiting();

    connection.close();

    reader.failure(ClientClosedException.class);
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  void dialsAgainAfterItHungUp() throws Exception {
    try (Connection connection = connection()) {
      Wire first = wire(connection);

      connection.hangUp();

      assertThat(first.isOpen()).isFalse();
      assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
      Wire second = wire(connection);
      assertThat(second).isNotSameAs(first);
      assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void isBrokenOnPurpose() throws Exception {
    try (Connection connection = connection()) {
      IOException why = new IOException("half an answer");
      connection.breakOff(why);
      assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
      Wire wire = wire(connection);

      connection.breakOff(why);

      assertThat(connection.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(wire.failure()).containsSame(why);
      assertThat(wire(connection)).isSameAs(wire);
    }
  }

  @Test
  void neverShowsAWireThatIsNotConnectedYet() throws Exception {
    Endpoint endpoint = server.endpoint();
    for (int round = 0; round < 500; round++) {
      try (Connection connection = new Connection(endpoint, Dialer.standard())) {
        CyclicBarrier start = new CyclicBarrier(3);
        List<Caller<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          calls.add(Caller.start(() -> {
            start.await();
            return wire(connection).isOpen();
          }));
        }

        for (Caller<Boolean> call : calls) {
          assertThat(call.result()).isTrue();
        }
      }
    }
  }
}
