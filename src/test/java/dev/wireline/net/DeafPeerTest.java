package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes to peers that take nothing, or little, over everything that carries bytes. */
@Timeout(60)
class DeafPeerTest {
  private static final Activity ACTIVITY = new Activity(Phase.WRITE, "uploading to");
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Twice the silence, and as much again for a machine that is busy. */
  private static final Duration ENOUGH = SILENCE.multipliedBy(4);

  /** More than the buffers of two kernels take. */
  private static final byte[] LARGE = new byte[48 << 20];

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

  @ParameterizedTest
  @EnumSource
  void endsAWriteAfterTheSilence(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {

      assertEndsInTime(wire, () -> wire.output().write(LARGE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsSmallWritesAfterTheSilence(Carrier carrier) throws Exception {
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

  @ParameterizedTest
  @EnumSource
  void endsAWatchedWriteAfterTheSilence(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold);
        Wire wire = dial(carrier, server, SILENCE)) {
      Looking watch = new Looking(wire, true);

      assertEndsInTime(
          wire, () -> wire.output().write(LARGE, 0, LARGE.length, Deadline.NEVER, ACTIVITY, watch));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void endsAShutdownAfterTheSilence(Carrier carrier) throws Exception {
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

  @ParameterizedTest
  @EnumSource
  void neverCutsOffAPeerThatReadsSlowly(Carrier carrier) throws Exception {
    Duration silence = Duration.ofMillis(1500);
    try (PeerServer server = carrier.serve(peer -> {
          InputStream input = peer.input();
          for (int i = 0; i < 5; i++) {
            LockSupport.parkNanos(silence.toNanos() / 2);
            input.readNBytes(256 << 10);
          }
          input.readNBytes(LARGE.length - 5 * (256 << 10));
          peer.write("!");
          peer.hold();
        });
        Wire wire = dial(carrier, server, silence)) {

      wire.output().write(LARGE);

      assertThat(wire.input().read()).isEqualTo('!');
    }
  }
}
