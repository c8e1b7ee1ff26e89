package dev.wireline.net;

import static dev.wireline.net.Datagrams.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two waits of a call over UDP, ended from outside on every kind of thread. */
@Timeout(60)
class DatagramWaitEndTest {
  /** Where a call waits. */
  enum Place {
    LOOK_UP(Phase.RESOLVE),
    ANSWER(Phase.READ);

    private final Phase phase;

    Place(Phase phase) {
      this.phase = phase;
    }
  }

  private final CountDownLatch lookedUp = new CountDownLatch(1);
  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    lookedUp.countDown();
    while (!Leftovers.threadsOfTheLibrary().isEmpty()) {
      Caller.pause();
    }
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  static Stream<Arguments> places() {
    return Stream.of(Place.values())
        .flatMap(place -> ThreadKind.available().stream().map(kind -> Arguments.of(place, kind)));
  }

  private DatagramClient client(Place place, Datagrams silent, Duration callTimeout) {
    DatagramOptions.Builder options = DatagramOptions.builder().callTimeout(callTimeout);
    if (place == Place.ANSWER) {
      return new DatagramClient(silent.endpoint(), options.build());
    }
    return new DatagramClient(
        Endpoint.tcp("server.test", 7), options.systemResolver(this::hang).build());
  }

  private List<InetAddress> hang(String host) {
    try {
      lookedUp.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a look-up", e);
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void aCloseFromAnotherThreadEndsIt(Place place, ThreadKind kind) throws Exception {
    try (var silent = Datagrams.on("127.0.0.1")) {
      DatagramClient client = client(place, silent, Duration.ofMinutes(1));
      Caller<byte[]> call = Caller.start(kind, () -> client.ask(bytes("hello"))).awaitWaiting();

      client.close();

      ClientClosedException thrown = call.failure(ClientClosedException.class);
      assertThat(thrown.phase()).isEqualTo(place.phase);
      assertThat(call.endedInterrupted()).isFalse();
      assertThat(
              catchThrowableOfType(ClientClosedException.class, () -> client.ask(bytes("again"))))
          .hasMessageContaining("this client was closed");
    }
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void anInterruptEndsItAndStaysSet(Place place, ThreadKind kind) throws Exception {
    try (var silent = Datagrams.on("127.0.0.1");
        var client = client(place, silent, Duration.ofMinutes(1))) {
      Caller<byte[]> call = Caller.start(kind, () -> client.ask(bytes("hello"))).awaitWaiting();

      call.interrupt();

      CallInterruptedException thrown = call.failure(CallInterruptedException.class);
      assertThat(thrown.phase()).isEqualTo(place.phase);
      assertThat(call.endedInterrupted()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void anInterruptThatWasSetBeforeEndsItToo(Place place, ThreadKind kind) throws Exception {
    try (var silent = Datagrams.on("127.0.0.1");
        var client = client(place, silent, Duration.ofMinutes(1))) {
      Caller<byte[]> call = Caller.start(kind, () -> {
        Thread.currentThread().interrupt();
        return client.ask(bytes("hello"));
      });

      call.failure(CallInterruptedException.class);

      assertThat(call.endedInterrupted()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void theCallTimeoutEndsIt(Place place, ThreadKind kind) throws Exception {
    try (var silent = Datagrams.on("127.0.0.1");
        var client = client(place, silent, Duration.ofMillis(100))) {
      Caller<byte[]> call = Caller.start(kind, () -> client.ask(bytes("hello")));

      DeadlineExceededException thrown = call.failure(DeadlineExceededException.class);

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown.setting()).hasValue("callTimeout");
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void asksNobodyOnceClosed() throws Exception {
    try (var silent = Datagrams.on("127.0.0.1")) {
      DatagramClient client = new DatagramClient(silent.endpoint());
      client.close();
      client.close();

      assertThat(
              catchThrowableOfType(ClientClosedException.class, () -> client.ask(bytes("hello"))))
          .hasNoCause();
    }
  }
}
