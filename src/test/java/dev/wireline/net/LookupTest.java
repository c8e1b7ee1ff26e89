package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.ThreadKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names into addresses: whose thread asks, and what ends a look-up that hangs. */
@Timeout(60)
class LookupTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch answer = new CountDownLatch(1);

  /** The system's look-up as it is when no name server answers. */
  private final Resolver hanging = host -> {
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a look-up", e);
    }
    return List.of(InetAddress.getLoopbackAddress());
  };

  @AfterEach
  void noThreadIsLeft() {
    answer.countDown();
    while (!Leftovers.threadsOfTheLibrary().isEmpty()) {
      Caller.pause();
    }
  }

  private Wire wire(Duration connectTimeout) {
    return Dialer.builder()
        .systemResolver(hanging)
        .connectTimeout(connectTimeout)
        .build()
        .wire(Endpoint.tcp("server.test", 4711));
  }

  @Test
  void endsAtTheConnectTimeout() {
    Wire wire = wire(SHORT);

    DeadlineExceededException thrown =
        catchThrowableOfType(DeadlineExceededException.class, wire::connect);

    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(thrown.setting()).contains("connectTimeout");
    assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
    assertThat(thrown)
        .hasMessageStartingWith(
            "looking up server.test:4711: the name look-up had not ended after");
    assertThat(wire.failure()).containsSame(thrown);
  }

  @Test
  void endsAtTheDeadlineOfACallAndNamesIt() {
    Wire wire = wire(LONG);

    DeadlineExceededException thrown = catchThrowableOfType(
        DeadlineExceededException.class, () -> wire.connect(Deadline.after(SHORT, Phase.CALL)));

    assertThat(thrown.phase()).isEqualTo(Phase.CALL);
    assertThat(thrown).hasMessageContaining("looking up server.test:4711");
  }

  @Test
  void endsWhenTheWireIsClosed() throws Exception {
    Wire wire = wire(LONG);
    Caller<Boolean> dial = Caller.run(ThreadKind.PLATFORM, wire::connect).awaitWaiting();

    wire.close();

    ClientClosedException thrown = dial.failure(ClientClosedException.class);
    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(wire.failure()).isEmpty();
  }

  @Test
  void endsWhenTheThreadIsInterrupted() throws Exception {
    Wire wire = wire(LONG);
    Caller<Boolean> dial = Caller.run(ThreadKind.PLATFORM, wire::connect).awaitWaiting();

    dial.interrupt();

    CallInterruptedException thrown = dial.failure(CallInterruptedException.class);
    assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(dial.endedInterrupted()).isTrue();
    assertThat(wire.failure()).containsSame(thrown);
  }

  @Test
  void runsOnADaemonThreadThatEndsWithIt() throws Exception {
    Caller<Boolean> dial = Caller.run(ThreadKind.PLATFORM, wire(SHORT)::connect);
    dial.failure(DeadlineExceededException.class);

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("wireline-"))
        .singleElement()
        .matches(Thread::isDaemon)
        .extracting(Thread::getName)
        .isEqualTo("wireline-lookup");
  }

  @Test
  void findsTheLoopbackByItsName() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Wire wire = Dialer.standard().dial(Endpoint.tcp("localhost", server.getLocalPort()))) {

      assertThat(wire.remoteAddress()).contains(server.getLocalSocketAddress());
    }
  }

  @Test
  void saysThatTheSystemDoesNotKnowAName() {
    Dialer dialer = Dialer.builder()
        .systemResolver(host -> {
          throw new UnknownHostException(host + ": Name or service not known");
        })
        .build();

    UnresolvedHostException thrown = catchThrowableOfType(
        UnresolvedHostException.class, () -> dialer.dial(Endpoint.tcp("server.test", 1)));

    assertThat(thrown)
        .hasMessageContaining("(server.test: Name or service not known)")
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void reportsABugInTheSystemsLookUp() {
    Dialer dialer = Dialer.builder()
        .systemResolver(host -> {
          throw new IllegalStateException("bug");
        })
        .build();

    UnresolvedHostException thrown = catchThrowableOfType(
        UnresolvedHostException.class, () -> dialer.dial(Endpoint.tcp("server.test", 1)));

    assertThat(thrown).hasRootCauseMessage("bug");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void needsNoLookUpForAnAddress(String address) throws Exception {
    Names names = Names.of("127.0.0.9");
    try (ServerSocket server = new ServerSocket(0, 5, Names.address(address));
        Wire wire = Dialer.builder()
            .resolver(names)
            .build()
            .dial(Endpoint.tcp(address, server.getLocalPort()))) {

      assertThat(wire.remoteAddress()).contains(server.getLocalSocketAddress());
      assertThat(names.asked()).isEmpty();
    }
  }

  @Test
  void asksAResolverOfTheUserInTheCallingThread() throws Exception {
    Names names = Names.of("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Wire wire = Dialer.builder()
            .resolver(names)
            .build()
            .dial(Endpoint.tcp("Server.TEST", server.getLocalPort()))) {

      assertThat(wire.isOpen()).isTrue();
      assertThat(names.asked())
          .containsExactly("server.test in " + Thread.currentThread().getName());
    }
  }
}
