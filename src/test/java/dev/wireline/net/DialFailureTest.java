package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dials that fail: which exception, with which facts, and nothing stays open. */
@Timeout(60)
class DialFailureTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Endpoint NAME = Endpoint.tcp("server.test", 4711);

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  private static Dialer with(Resolver resolver) {
    return Dialer.builder().resolver(resolver).build();
  }

  @Test
  void saysThatANameIsNotKnown() {
    UnknownHostException unknown = new UnknownHostException("server.test: no such\r\nname");
    Dialer dialer = with(host -> {
      throw unknown;
    });

    UnresolvedHostException thrown =
        catchThrowableOfType(UnresolvedHostException.class, () -> dialer.dial(NAME));

    assertThat(thrown.endpoint()).isEqualTo(NAME);
    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(thrown.connectionUsable()).isFalse();
    assertThat(thrown)
        .hasMessageStartingWith("looking up server.test:4711: no address found after ")
        .hasMessageEndingWith(" (server.test: no such\\r\\nname) [RESOLVE, no connection]");
    assertThat(thrown.getCause()).isSameAs(unknown);
  }

  @Test
  void takesAnEmptyListForANameThatIsNotKnown() {
    Dialer dialer = with(host -> List.of());

    UnresolvedHostException thrown =
        catchThrowableOfType(UnresolvedHostException.class, () -> dialer.dial(NAME));

    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(thrown).hasMessageContaining("no address found after");
  }

  @Test
  void saysThatTheOnlyAddressRefused() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      ConnectionRefusedException thrown = catchThrowableOfType(
          ConnectionRefusedException.class, () -> Dialer.standard().dial(closed.endpoint()));

      assertThat(thrown.endpoint()).isEqualTo(closed.endpoint());
      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
      assertThat(thrown)
          .hasMessageStartingWith("connecting to " + closed.endpoint()
              + ": connection refused (127.0.0.1:" + closed.port() + ": Connection refused after ")
          .hasMessageEndingWith(") [CONNECT, no connection]");
      assertThat(thrown.getSuppressed()).hasSize(1);
    }
  }

  @Test
  void printsNoCauseTwice() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      ConnectionRefusedException thrown = catchThrowableOfType(
          ConnectionRefusedException.class, () -> Dialer.standard().dial(closed.endpoint()));
      StringWriter printed = new StringWriter();

      thrown.printStackTrace(new PrintWriter(printed));

      assertThat(printed.toString())
          .containsOnlyOnce("java.net.ConnectException: Connection refused")
          .doesNotContain("CIRCULAR REFERENCE");
    }
  }

  @Test
  void suppressesTheFailureOfEachAddress() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Dialer dialer = with(Names.of("127.0.0.1", "::1", "127.0.0.2"));
      Endpoint peer = Endpoint.tcp("server.test", closed.port());

      ConnectionRefusedException thrown =
          catchThrowableOfType(ConnectionRefusedException.class, () -> dialer.dial(peer));

      assertThat(thrown.endpoint()).isEqualTo(peer);
      assertThat(thrown.getSuppressed())
          .extracting(Throwable::getMessage)
          .satisfiesExactly(
              first -> assertThat(first).startsWith("[0:0:0:0:0:0:0:1]:" + closed.port() + ": "),
              second -> assertThat(second).startsWith("127.0.0.1:" + closed.port() + ": "),
              third -> assertThat(third).startsWith("127.0.0.2:" + closed.port() + ": "));
      for (Throwable attempt : thrown.getSuppressed()) {
        assertThat(thrown).hasMessageContaining(attempt.getMessage());
      }
    }
  }

  @Test
  void tellsOfSomeOfManyAddressesInItsMessage() throws Exception {
    String[] many =
        IntStream.rangeClosed(1, 20).mapToObj(i -> "127.0.0." + i).toArray(String[]::new);
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Endpoint peer = Endpoint.tcp("server.test", closed.port());

      ConnectionRefusedException thrown = catchThrowableOfType(
          ConnectionRefusedException.class, () -> with(Names.of(many)).dial(peer));

      assertThat(thrown.getSuppressed()).hasSize(20);
      assertThat(thrown)
          .hasMessageContaining("127.0.0.8:")
          .hasMessageNotContaining("127.0.0.9:")
          .hasMessageContaining("; and 12 more)");
    }
  }

  @Test
  void endsAtTheConnectTimeout() throws Exception {
    try (BlackHole hole = BlackHole.tcp("127.0.0.1")) {
      Dialer dialer = Dialer.builder().connectTimeout(SHORT).build();
      Wire wire = dialer.wire(hole.endpoint());

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, wire::connect);

      assertThat(thrown.endpoint()).isEqualTo(hole.endpoint());
      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(thrown).hasMessageContaining("not connected after ");
      assertThat(thrown.getSuppressed())
          .extracting(Throwable::getMessage)
          .singleElement()
          .satisfies(text ->
              assertThat(text).startsWith("127.0.0.1:" + hole.port() + ": no answer after "));
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void namesTheDeadlineOfACallThatRanOut() throws Exception {
    try (BlackHole hole = BlackHole.tcp("127.0.0.1")) {
      Wire wire = Dialer.standard().wire(hole.endpoint());

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> wire.connect(Deadline.after(SHORT, Phase.CALL)));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown.getSuppressed()).hasSize(1);
    }
  }

  @Test
  void cannotConnectFromAnAddressOfTheOtherFamily() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Dialer dialer = Dialer.builder().localAddress(Names.address("::1")).build();

      ConnectFailedException thrown =
          catchThrowableOfType(ConnectFailedException.class, () -> dialer.dial(closed.endpoint()));

      assertThat(thrown).hasMessageContaining("not connected (127.0.0.1:" + closed.port());
      assertThat(thrown.getSuppressed()).hasSize(1);
    }
  }

  @Test
  void cannotConnectFromAnAddressThatIsNotOurs() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Dialer dialer =
          Dialer.builder().localAddress(Names.address("203.0.113.1")).build();

      ConnectFailedException thrown =
          catchThrowableOfType(ConnectFailedException.class, () -> dialer.dial(closed.endpoint()));

      assertThat(thrown).isNotInstanceOf(ConnectionRefusedException.class);
      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
    }
  }

  @Test
  void givesUpTheWireWhenAResolverHasABug() {
    RuntimeException bug = new IllegalStateException("bug");
    Wire wire = with(host -> {
          throw bug;
        })
        .wire(NAME);

    RuntimeException thrown = catchThrowableOfType(RuntimeException.class, wire::connect);

    assertThat(thrown).isSameAs(bug);
    assertThat(wire.failure()).containsSame(bug);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void leavesNothingOpenWhenASocketOptionIsNotForTcp() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Dialer dialer =
          Dialer.builder().option(StandardSocketOptions.IP_MULTICAST_LOOP, true).build();

      UnsupportedOperationException thrown = catchThrowableOfType(
          UnsupportedOperationException.class, () -> dialer.dial(closed.endpoint()));

      assertThat(thrown).hasMessageContaining("IP_MULTICAST_LOOP");
    }
  }

  @Test
  void tellsAnInterruptFromWhatTheResolverMadeOfIt() {
    Dialer dialer = with(host -> {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    });

    CallInterruptedException thrown =
        catchThrowableOfType(CallInterruptedException.class, () -> dialer.dial(NAME));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
  }

  @Test
  void tellsACloseFromWhatTheResolverMadeOfIt() {
    Wire[] wire = new Wire[1];
    wire[0] = with(host -> {
          wire[0].close();
          throw new UnknownHostException("closed");
        })
        .wire(NAME);

    ClientClosedException thrown =
        catchThrowableOfType(ClientClosedException.class, wire[0]::connect);

    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(wire[0].failure()).isEmpty();
  }

  @Test
  void doesNothingForAWireThatWasClosedBefore() throws Exception {
    Names names = Names.of("127.0.0.1");
    Wire wire = with(names).wire(NAME);
    wire.close();

    ClientClosedException thrown = catchThrowableOfType(ClientClosedException.class, wire::connect);

    assertThat(thrown).hasMessageContaining("closed");
    assertThat(names.asked()).isEmpty();
  }

  @Test
  void connectsOnce() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Wire wire = Dialer.standard().wire(closed.endpoint());
      assertThatThrownBy(wire::connect).isInstanceOf(ConnectionRefusedException.class);

      IllegalStateException thrown =
          catchThrowableOfType(IllegalStateException.class, wire::connect);

      assertThat(thrown).hasMessage("a wire connects once");
    }
  }

  /** Before there is a socket too, which two dials would each have. */
  @Test
  void refusesASecondThreadThatConnects() throws Exception {
    CountDownLatch dialling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Connector slow = new Connector() {
      @Override
      public Endpoint proxy(Endpoint target) {
        dialling.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return target;
      }

      @Override
      public void open(Wire wire, Endpoint target, Deadline deadline) {
        throw new AssertionError("there is no proxy");
      }
    };
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        Wire wire = Dialer.builder().connector(slow).build().wire(server.endpoint())) {
      Caller<Boolean> first = Caller.start(() -> {
        wire.connect();
        return true;
      });
      dialling.await();

      IllegalStateException thrown;
      try {
        Caller<Boolean> second = Caller.start(() -> {
          wire.connect();
          return true;
        });
        thrown = second.failure(IllegalStateException.class);
      } finally {
        goOn.countDown();
      }

      assertThat(thrown).hasMessage("a wire connects once");
      assertThat(first.result()).isTrue();
      assertThat(wire.isOpen()).isTrue();
    }
  }
}
