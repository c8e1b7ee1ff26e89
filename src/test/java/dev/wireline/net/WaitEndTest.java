package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wait that there is, ended from outside on every kind of thread. */
@Timeout(60)
class WaitEndTest {
  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Leftovers.descriptors()).isEqualTo(before);
    assertThat(Leftovers.threadsOfTheLibrary()).isEmpty();
  }

  static Stream<Arguments> places() {
    return Stream.of(Blocked.Place.values())
        .flatMap(place -> ThreadKind.available().stream().map(kind -> Arguments.of(place, kind)));
  }

  private static Phase phase(Blocked.Place place) {
    return switch (place) {
      case DIAL_TCP, DIAL_TLS, DIAL_UNIX -> Phase.CONNECT;
      case PROXY -> Phase.PROXY;
      case HANDSHAKE, UPGRADE_TCP, UPGRADE_UNIX -> Phase.TLS;
      case READ_TCP, READ_UNIX, READ_TLS_1_2, READ_TLS_1_3 -> Phase.READ;
      case WRITE_TCP, WRITE_UNIX, WRITE_TLS_1_2, WRITE_TLS_1_3 -> Phase.WRITE;
    };
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void aCloseFromAnotherThreadEndsIt(Blocked.Place place, ThreadKind kind) throws Exception {
    try (Blocked blocked = Blocked.at(place)) {
      Wire wire = blocked.wire();
      Caller<Boolean> call = blocked.start(kind);

      wire.close();

      ClientClosedException thrown = call.failure(ClientClosedException.class);
      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(thrown.phase()).isEqualTo(phase(place));
      assertThat(thrown).hasNoCause().hasMessageContaining("closed");
      assertThat(call.endedInterrupted()).isFalse();
      assertThat(wire.failure()).isEmpty();
      assertGone(wire, null);
    }
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void anInterruptEndsItAndStaysSet(Blocked.Place place, ThreadKind kind) throws Exception {
    try (Blocked blocked = Blocked.at(place)) {
      Wire wire = blocked.wire();
      Caller<Boolean> call = blocked.start(kind);

      call.interrupt();

      CallInterruptedException thrown = call.failure(CallInterruptedException.class);
      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(thrown.phase()).isEqualTo(phase(place));
      assertThat(call.endedInterrupted()).isTrue();
      assertThat(wire.failure()).containsSame(thrown);
      assertGone(wire, thrown);
    }
  }

  @ParameterizedTest(name = "{0} on a {1} thread")
  @MethodSource("places")
  void anInterruptThatWasSetBeforeEndsItToo(Blocked.Place place, ThreadKind kind) throws Exception {
    try (Blocked blocked = Blocked.at(place)) {
      Caller<Boolean> call = Caller.run(kind, () -> {
        Thread.currentThread().interrupt();
        blocked.step().run();
      });

      call.failure(CallInterruptedException.class);

      assertThat(call.endedInterrupted()).isTrue();
      assertThat(blocked.wire().isOpen()).isFalse();
    }
  }

  /** Closed with nothing of it left, and every further call says so. */
  private static void assertGone(Wire wire, @Nullable WirelineException cause) throws Exception {
    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.isQuiet()).isFalse();
    Caller.Step[] further = {
      () -> wire.input().read(),
      () -> wire.output().write(1),
      wire.output()::shutdown,
      wire::startTls,
      wire::park,
      () -> wire.checkOpen(Activity.READING)
    };
    for (Caller.Step call : further) {
      ClientClosedException thrown = catchThrowableOfType(ClientClosedException.class, call::run);
      assertThat(thrown.getCause()).isSameAs(cause);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloseEndsTheReaderAndTheWriterAtOnce(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold)) {
      Wire wire = carrier.dial(server);
      Caller<Integer> reader = Caller.start(() -> wire.input().read()).awaitWaiting();
      Caller<Boolean> writer = Caller.run(
              ThreadKind.PLATFORM, () -> wire.output().write(new byte[32 << 20]))
          .awaitWaiting();

      wire.close();

      reader.failure(ClientClosedException.class);
      writer.failure(ClientClosedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptOfTheReaderEndsTheWriterWithTheSameCause(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold)) {
      Wire wire = carrier.dial(server);
      Caller<Integer> reader = Caller.start(() -> wire.input().read()).awaitWaiting();
      Caller<Boolean> writer = Caller.run(
              ThreadKind.PLATFORM, () -> wire.output().write(new byte[32 << 20]))
          .awaitWaiting();

      reader.interrupt();

      CallInterruptedException interrupted = reader.failure(CallInterruptedException.class);
      assertThat(writer.failure(ClientClosedException.class)).hasCause(interrupted);
      assertThat(writer.endedInterrupted()).isFalse();
    }
  }
}
