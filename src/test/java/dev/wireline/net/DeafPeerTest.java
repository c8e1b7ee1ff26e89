package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes to peers that take nothing, or little, over everything that carries bytes. */
@Timeout(60)
class DeafPeerTest {
  private static final Activity ACTIVITY = new Activity(Phase.WRITE, "uploading to");
  private static final Duration SILENCE = Duration.ofMillis(500);

  /** Twice the silence, and some more for a machine that is busy. */
  private static final Duration ENOUGH = SILENCE.multipliedBy(8);

  private static final Set<Carrier> ALL = EnumSet.allOf(Carrier.class);
  private static final Set<Carrier> OVER_TLS = EnumSet.of(Carrier.TLS_1_2, Carrier.TLS_1_3);

  /** More than the buffers of two kernels take. */
  private static final byte[] LARGE = new byte[48 << 20];

  /** What is tried with one carrier. */
  private interface Trial {
    void with(Carrier carrier) throws Exception;
  }

  /** With all of them at the same time, for each does nothing but wait. */
  private static void together(Set<Carrier> carriers, Trial trial) throws Exception {
    Map<Carrier, Caller<Boolean>> trials = new EnumMap<>(Carrier.class);
    for (Carrier each : carriers) {
      trials.put(each, Caller.run(ThreadKind.PLATFORM, () -> trial.with(each)));
    }
    for (Map.Entry<Carrier, Caller<Boolean>> each : trials.entrySet()) {
      assertThatCode(each.getValue()::result).as("%s", each.getKey()).doesNotThrowAnyException();
    }
  }

  private static Wire dial(Carrier carrier, PeerServer server, Duration silence)
      throws WirelineException {
    return carrier.dialer().silenceTimeout(silence).build().dial(server.endpoint());
  }

  /** Takes what comes, which is nothing; unless it is stubborn, it gives up a peer that takes nothing. */
  private static final class Looking implements WireOutput.Watch {
    private final Wire wire;
    private final boolean stubborn;
    private int sent = -1;
    private long moved;

    Looking(Wire wire, boolean stubborn) {
      this.wire = wire;
      this.stubborn = stubborn;
    }

    @Override
    public boolean goesOn(int now) throws WirelineException {
      wire.input().pollNow(ACTIVITY);
      if (now != sent) {
        sent = now;
        moved = System.nanoTime();
      }
      return stubborn || System.nanoTime() - moved < SILENCE.toNanos() / 2;
    }

    @Override
    public void refused(WirelineException failure) {
      throw new AssertionError("the peer has not refused", failure);
    }
  }

  private static void assertEndsInTime(Wire wire, ThrowingCallable write) {
    long start = System.nanoTime();

    DeadlineExceededException thrown = catchThrowableOfType(DeadlineExceededException.class, write);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SILENCE, ENOUGH);
    assertThat(thrown.setting()).contains("silenceTimeout");
    assertThat(thrown).hasMessageContaining("the peer does not read");
    assertThat(wire.failure()).containsSame(thrown);
  }

  @Test
  void endsAWriteAfterTheSilence() throws Exception {
    together(ALL, DeafPeerTest::write);
  }

  private static void write(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {

      assertEndsInTime(wire, () -> wire.output().write(LARGE));
    }
  }

  @Test
  void endsSmallWritesAfterTheSilence() throws Exception {
    together(ALL, DeafPeerTest::writeSmall);
  }

  private static void writeSmall(Carrier carrier) throws Exception {
    byte[] small = new byte[10_000];
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {

      assertEndsInTime(wire, () -> {
        while (true) {
          wire.output().write(small);
        }
      });
    }
  }

  @Test
  void endsAWatchedWriteAfterTheSilence() throws Exception {
    together(ALL, DeafPeerTest::writeWatched);
  }

  private static void writeWatched(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {
      Looking watch = new Looking(wire, true);

      assertEndsInTime(
          wire, () -> wire.output().write(LARGE, 0, LARGE.length, Deadline.NEVER, ACTIVITY, watch));
    }
  }

  @Test
  void endsAShutdownAfterTheSilence() throws Exception {
    together(OVER_TLS, DeafPeerTest::shutDown);
  }

  private static void shutDown(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {
      // Writes that are left unfinished leave a record that has not gone.
      // The kernels take a little more after each of the first pauses.
      for (int i = 0; i < 4; i++) {
        Looking watch = new Looking(wire, false);
        wire.output().write(LARGE, 0, LARGE.length, Deadline.NEVER, ACTIVITY, watch);
      }

      assertEndsInTime(wire, () -> wire.output().shutdown());
    }
  }

  @Test
  void neverCutsOffAPeerThatReadsSlowly() throws Exception {
    together(ALL, DeafPeerTest::writeSlowly);
  }

  private static void writeSlowly(Carrier carrier) throws Exception {
    Duration silence = Duration.ofMillis(1500);
    byte[] large = new byte[16 << 20];
    try (PeerServer server = carrier.serve(peer -> {
          InputStream input = peer.input();
          for (int i = 0; i < 3; i++) {
            LockSupport.parkNanos(silence.toNanos() / 2);
            input.readNBytes(256 << 10);
          }
          input.readNBytes(large.length - 3 * (256 << 10));
          peer.write("!");
          peer.hold();
        });
        Wire wire = dial(carrier, server, silence)) {

      wire.output().write(large);

      assertThat(wire.input().read()).isEqualTo('!');
    }
  }
}
