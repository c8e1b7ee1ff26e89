package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.PeerServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes that look at the input meanwhile, over everything that carries bytes. */
@Timeout(60)
class WatchedWriteTest {
  private static final Activity ACTIVITY = new Activity(Phase.WRITE, "uploading to");

  /** More than the buffers of two kernels take. */
  private static final byte[] LARGE = new byte[32 << 20];

  /** Lets a write go on until so many bytes are unread. */
  private static class Until implements WireOutput.Watch {
    private final Wire wire;
    private final int bytes;
    private @Nullable WirelineException failure;

    Until(Wire wire, int bytes) {
      this.wire = wire;
      this.bytes = bytes;
    }

    @Override
    public boolean goesOn(int sent) throws WirelineException {
      int count = 1;
      while (count > 0 && wire.input().buffered() < bytes) {
        count = wire.input().pollNow(ACTIVITY);
      }
      return wire.input().buffered() < bytes;
    }

    @Override
    public void refused(WirelineException why) {
      failure = why;
    }
  }

  private static boolean write(Wire wire, byte[] bytes, WireOutput.Watch watch)
      throws WirelineException {
    return wire.output().write(bytes, 0, bytes.length, Deadline.NEVER, ACTIVITY, watch);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWhileLessHasCome(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(peer -> {
          peer.writeByteByByte("wait");
          peer.read(LARGE.length);
          peer.write("!");
          peer.hold();
        });
        Wire wire = carrier.dial(server)) {
      boolean whole = write(wire, LARGE, new Until(wire, 5));

      assertThat(whole).isTrue();
      assertThat(wire.input().readNBytes(5)).asString(US_ASCII).isEqualTo("wait!");
    }
  }

  @ParameterizedTest
  @EnumSource
  void stopsAPeerThatDoesNotReadAndSpeaks(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(peer -> {
          peer.read(1);
          peer.writeByteByByte("stop");
          peer.hold();
        });
        Wire wire = carrier.dial(server)) {
      Until watch = new Until(wire, 4);

      boolean whole = write(wire, LARGE, watch);

      assertThat(whole).isFalse();
      assertThat(watch.failure).isNull();
      assertThat(wire.isOpen()).isTrue();
      assertThat(wire.input().readNBytes(4)).asString(US_ASCII).isEqualTo("stop");
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatAPeerSaidBeforeItReset(Carrier carrier) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = carrier.serve(peer -> {
          peer.read(1);
          peer.write("no");
          peer.reset();
          gone.countDown();
        });
        Wire wire = carrier.dial(server)) {
      wire.output().write('x');
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      Until watch = new Until(wire, 1000) {
        @Override
        public boolean goesOn(int sent) {
          return true;
        }
      };

      boolean whole = write(wire, LARGE, watch);

      assertThat(whole).isFalse();
      assertThat(watch.failure)
          .isInstanceOf(ConnectionClosedException.class)
          .hasMessageStartingWith("uploading to " + wire.endpoint());
      assertThat(wire.isOpen()).isTrue();
      assertThat(wire.input().readNBytes(2)).asString(US_ASCII).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isUnderItsDeadline(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(peer -> peer.hold());
        Wire wire = carrier.dial(server)) {
      Deadline soon = Deadline.after(Duration.ofMillis(100), Phase.CALL);

      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> wire.output().write(LARGE, 0, LARGE.length, soon, ACTIVITY, new Until(wire, 1)));

      assertThat(e.phase()).isEqualTo(Phase.CALL);
      assertThat(wire.failure()).containsSame(e);
    }
  }

  @Test
  void isUnderItsDeadlineAlsoWhileThePeerReads() throws Exception {
    Deadline past = Deadline.after(Duration.ZERO, Phase.CALL);
    try (PeerServer server = Carrier.TCP.serve(peer -> peer.input().readAllBytes());
        Wire wire = Carrier.TCP.dial(server)) {

      assertThat(catchThrowableOfType(
              DeadlineExceededException.class,
              () -> wire.output().write(new byte[1], 0, 1, past, ACTIVITY, new Until(wire, 1))))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheWireIsClosed(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(peer -> peer.hold());
        Wire wire = carrier.dial(server)) {
      Until closing = new Until(wire, 1) {
        private int looks;

        @Override
        public boolean goesOn(int sent) {
          // Every wait is one look later at the most.
          if (++looks == 3) {
            wire.output().close();
          }
          return true;
        }
      };

      ClientClosedException e =
          catchThrowableOfType(ClientClosedException.class, () -> write(wire, LARGE, closing));

      assertThat(e.phase()).isEqualTo(Phase.WRITE);
      assertThat(closing.failure).isNull();
    }
  }

  @Test
  void breaksTheWireWhenItsWatchThrows() throws Exception {
    IllegalStateException failure = new IllegalStateException("bug");
    try (PeerServer server = Carrier.TCP.serve(peer -> peer.hold());
        Wire wire = Carrier.TCP.dial(server)) {
      Until throwing = new Until(wire, 1) {
        @Override
        public boolean goesOn(int sent) {
          throw failure;
        }
      };

      assertThat(
              catchThrowableOfType(IllegalStateException.class, () -> write(wire, LARGE, throwing)))
          .isSameAs(failure);
      assertThat(wire.failure()).containsSame(failure);
    }
  }
}
