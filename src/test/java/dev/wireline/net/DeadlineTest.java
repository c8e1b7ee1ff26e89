package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits that end because time is up, and which limit the exception names. */
@Timeout(60)
class DeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final byte[] MORE_THAN_ANY_BUFFER = new byte[32 << 20];

  private static Wire dial(Carrier carrier, PeerServer server) throws Exception {
    return carrier.dialer().silenceTimeout(SHORT).build().dial(server.endpoint());
  }

  @ParameterizedTest
  @EnumSource
  void aReadEndsAtTheSilenceTimeout(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server)) {

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(thrown)
          .hasMessageStartingWith("reading from " + wire.endpoint() + ": not a byte moved for ")
          .hasMessageEndingWith(" ms (silenceTimeout) [READ, connection closed]");
      assertThat(thrown.setting()).contains("silenceTimeout");
      assertGone(wire, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWriteToAPeerThatDoesNotReadEndsAtTheSilenceTimeout(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server)) {

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> wire.output().write(MORE_THAN_ANY_BUFFER));

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(thrown)
          .hasMessageContaining(": the peer does not read, ")
          .hasMessageContaining(" bytes are left of 33554432 [WRITE, connection closed]");
      assertGone(wire, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWriteEndsInTimeWhileAnotherThreadReads(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server)) {
      Deadline late = Deadline.after(Duration.ofSeconds(50), Phase.CALL);
      Caller<Integer> reader =
          Caller.start(() -> wire.input().poll(1, late, Activity.READING)).awaitWaiting();

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> wire.output().write(MORE_THAN_ANY_BUFFER));

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(reader.failure(ClientClosedException.class)).hasCause(thrown);
      assertGone(wire, thrown);
    }
  }

  private static void assertGone(Wire wire, DeadlineExceededException cause) {
    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.failure()).containsSame(cause);
    assertThat(
            catchThrowableOfType(ClientClosedException.class, () -> wire.input().read()))
        .hasCause(cause)
        .hasMessageContaining("the connection was given up after an earlier failure (");
  }

  @ParameterizedTest
  @EnumSource
  void theDeadlineOfACallEndsAReadAndIsNamed(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = carrier.dial(server)) {
      Activity line = new Activity(Phase.READ, "reading a line from");

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> wire.input().fill(99, Deadline.after(SHORT, Phase.CALL), line));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown.setting()).isEmpty();
      assertThat(thrown)
          .hasMessageStartingWith(
              "reading a line from " + wire.endpoint() + ": the time for CALL ran out after ");
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDeadlineOfACallEndsAWriteAndIsNamed(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = carrier.dial(server)) {
      byte[] bytes = MORE_THAN_ANY_BUFFER;

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> wire.output()
              .write(
                  bytes, 8, bytes.length - 8, Deadline.after(SHORT, Phase.CALL), Activity.WRITING));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown)
          .hasMessageContaining("the time for CALL ran out after ")
          .hasMessageContaining(" bytes are left of " + (bytes.length - 8));
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void tellsHowMuchOfABlockHadCome() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("12345");
          client.hold();
        });
        Wire wire = dial(Carrier.TCP, server)) {

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> wire.input().read(9, Deadline.NEVER, Activity.READING));

      assertThat(thrown).hasMessageContaining(", with 5 bytes of it received [READ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPollThatGetsNothingBreaksNothing(Carrier carrier) throws Exception {
    CountDownLatch polled = new CountDownLatch(1);
    try (PeerServer server = carrier.serve(client -> {
          polled.await();
          client.write("x");
          client.hold();
        });
        Wire wire = dial(carrier, server)) {
      WireInput input = wire.input();
      Deadline past = Deadline.after(Duration.ZERO, Phase.READ);

      assertThat(input.poll(9, past, Activity.READING)).isZero();
      assertThat(input.poll(9, Deadline.after(SHORT, Phase.READ), Activity.READING))
          .isZero();
      // Longer than the silence timeout, which does not apply.
      assertThat(input.poll(9, Deadline.after(SHORT.multipliedBy(2), Phase.READ), Activity.READING))
          .isZero();
      assertThat(wire.isOpen()).isTrue();
      polled.countDown();

      assertThat(input.poll(9, Deadline.NEVER, Activity.READING)).isEqualTo(1);
      assertThat(input.at(0)).isEqualTo((byte) 'x');
    }
  }

  @Test
  void takesWhatIsThereThoughTheDeadlineHasPassed() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("12");
          client.hold();
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      assertThat(wire.input().fill(9, Deadline.NEVER, Activity.READING)).isTrue();
      Deadline past = Deadline.after(Duration.ofSeconds(-1), Phase.CALL);

      byte[] read = wire.input().read(2, past, Activity.READING);

      assertThat(read).hasSize(2);
      wire.output().write(read, 0, 2, past, Activity.WRITING);
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void comparesWhatRemainsByTwoClocks() {
    StoppedClock clock = new StoppedClock();
    Deadline stopped = Deadline.after(clock, Duration.ofHours(2), Phase.READ, "test");
    Deadline running = Deadline.after(Duration.ofHours(1), Phase.READ);

    assertThat(stopped.earlier(running)).isSameAs(running);
    clock.advance(Duration.ofMinutes(119));
    assertThat(stopped.earlier(running)).isSameAs(stopped);
    assertThat(running.earlier(stopped)).isSameAs(stopped);
  }

  @Test
  void knowsTheEarlierOfTwo() {
    Deadline soon = Deadline.after(SHORT, Phase.CALL);
    Deadline late = Deadline.after(Duration.ofHours(1), Phase.READ);
    Deadline endless = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), Phase.READ);

    assertThat(soon.earlier(late)).isSameAs(soon);
    assertThat(late.earlier(soon)).isSameAs(soon);
    assertThat(Deadline.NEVER.earlier(late)).isSameAs(late);
    assertThat(late.earlier(Deadline.NEVER)).isSameAs(late);
    assertThat(Deadline.NEVER.earlier(Deadline.NEVER)).isSameAs(Deadline.NEVER);
    assertThat(endless.earlier(late)).isSameAs(late);
    assertThat(late.earlier(endless)).isSameAs(late);
    assertThat(endless.remainingNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(endless.isExpired()).isFalse();
    assertThat(Deadline.after(Duration.ZERO, Phase.READ).isExpired()).isTrue();
    assertThat(late.remainingNanos()).isBetween(1L, 3_600_000_000_000L);
    assertThat(late.limit()).isEqualTo(Phase.READ);
    assertThat(late.setting()).isEmpty();
    assertThat(Deadline.NEVER).hasToString("never");
    assertThat(late).asString().startsWith("READ in ");
  }
}
