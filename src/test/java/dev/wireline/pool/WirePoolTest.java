package dev.wireline.pool;

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
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Wire;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WirePoolTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void givesAKeptConnectionAgain() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease first = lease(pool, server);
      first.release(true);

      WirePool.Lease second = lease(pool, server);

      assertThat(second.isReused()).isTrue();
      assertThat(second.wire()).isSameAs(first.wire());
    }
  }

  @Test
  void dialsWhereAskedToAlsoAtTheBound() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease kept = lease(pool, server);
      kept.release(true);

      WirePool.Lease dialled = pool.everybody()
          .dial(Dialer.standard(), server.endpoint(), Deadline.NEVER, DialListener.NONE);

      assertThat(dialled.isReused()).isFalse();
      assertThat(kept.wire().isOpen()).isFalse();
      assertThat(pool.leasedConnections()).isOne();
      assertThat(pool.idleConnections()).isZero();
      dialled.release(true);
      assertThat(lease(pool, server).wire()).isSameAs(dialled.wire());
    }
  }

  @Test
  void keepsAConnectionNoLongerThanItsPeerDoes() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease first = lease(pool, server);
      first.keepAtMost(Duration.ZERO);
      first.release(true);
      WirePool.Lease second = lease(pool, server);
      second.keepAtMost(Duration.ofDays(1));
      second.release(true);

      assertThat(second.isReused()).isFalse();
      assertThat(first.wire().isOpen()).isFalse();
      assertThat(lease(pool, server).wire()).isSameAs(second.wire());
    }
  }

  @Test
  void keepsAConnectionWhoseUseTookLongerThanItMayIdle() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease lease = lease(pool, server);
      lease.kept().restAtMost(Duration.ZERO);
      lease.kept().rest(0);

      lease.release(true);

      assertThat(pool.idleConnections()).isOne();
    }
  }

  @Test
  void givesNoConnectionOfAnotherDialer() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      lease(pool, server).release(true);
      Dialer other = Dialer.builder().build();

      WirePool.Lease second =
          pool.everybody().lease(other, server.endpoint(), Deadline.NEVER, DialListener.NONE);

      assertThat(second.isReused()).isFalse();
      assertThat(pool.idleConnections()).isOne();
    }
  }

  @Test
  void releasesALeaseOnce() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease first = lease(pool, server);
      first.release(true);
      WirePool.Lease second = lease(pool, server);

      first.release(false);

      assertThat(second.wire().isOpen()).isTrue();
      assertThat(pool.leasedConnections()).isOne();
    }
  }

  @Test
  void closesAConnectionThatIsReleasedAsOfNoUse() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease lease = lease(pool, server);

      lease.release(false);

      assertThat(lease.wire().isOpen()).isFalse();
      assertThat(pool.idleConnections()).isZero();
    }
  }

  @Test
  void dropsAKeptConnectionOnWhichSomethingCameUnasked() throws Exception {
    try (PeerServer server = PeerServer.start(WirePoolTest::greet);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease first = lease(pool, server);
      assertThat(first.wire().input().read()).isEqualTo('!');
      first.release(true);

      WirePool.Lease second = lease(pool, server);

      assertThat(second.isReused()).isFalse();
      assertThat(first.wire().isOpen()).isFalse();
    }
  }

  /** Sends two bytes at once, so that the second is there when the first has been read. */
  private static void greet(PeerConnection connection) throws Exception {
    connection.write("!?");
    connection.hold();
  }

  @Test
  void dropsAKeptConnectionThatHasIdledTooLong() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().idleTimeout(Duration.ofNanos(1)))) {
      WirePool.Lease first = lease(pool, server);
      first.release(true);

      WirePool.Lease second = lease(pool, server);

      assertThat(second.isReused()).isFalse();
      assertThat(first.wire().isOpen()).isFalse();
    }
  }

  @Test
  void keepsNoConnectionBeyondItsTimeToLive() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().timeToLive(Duration.ofNanos(1)))) {
      WirePool.Lease lease = lease(pool, server);

      lease.release(true);

      assertThat(lease.wire().isOpen()).isFalse();
      assertThat(pool.idleConnections()).isZero();
    }
  }

  @Test
  void saysThatNoConnectionBecameFreeInTime() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1).waitTimeout(SHORT))) {
      WirePool.Lease held = lease(pool, server);

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> lease(pool, server));

      assertThat(thrown.phase()).isEqualTo(Phase.POOL);
      assertThat(thrown).hasMessageContaining("1 in use to it, 1 in all");
      assertThat(held.wire().isOpen()).isTrue();
    }
  }

  @Test
  void namesTheCallWhenItsDeadlineIsTheEarlierOne() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      lease(pool, server);
      Deadline call = Deadline.after(SHORT, Phase.CALL);

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> pool.everybody()
              .lease(Dialer.standard(), server.endpoint(), call, DialListener.NONE));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
    }
  }

  @Test
  void givesAFreedConnectionToTheOneWhoWaits() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease held = lease(pool, server);
      FutureTask<WirePool.Lease> waiting = started(() -> lease(pool, server));

      held.release(true);

      assertThat(waiting.get(10, TimeUnit.SECONDS).wire()).isSameAs(held.wire());
    }
  }

  @Test
  void servesThoseWhoWaitInTheOrderOfComing() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease held = lease(pool, server);
      List<Integer> served = new ArrayList<>();
      List<FutureTask<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int number = i;
        tasks.add(started(() -> {
          WirePool.Lease lease = lease(pool, server);
          // One at a time has the only place.
          served.add(number);
          lease.release(true);
          return true;
        }));
        awaitWaiting(pool, i + 1);
      }

      held.release(true);

      for (FutureTask<Boolean> task : tasks) {
        assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(served).containsExactly(0, 1, 2, 3, 4);
    }
  }

  private static void awaitWaiting(WirePool pool, int count) {
    while (pool.waitingThreads() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void makesRoomByClosingTheOldestKeptConnection() throws Exception {
    try (PeerServer one = PeerServer.start(PeerConnection::hold);
        PeerServer two = PeerServer.start(PeerConnection::hold);
        PeerServer three = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxConnections(2))) {
      WirePool.Lease oldest = lease(pool, one);
      WirePool.Lease newer = lease(pool, two);
      oldest.release(true);
      newer.release(true);

      WirePool.Lease lease = lease(pool, three);

      assertThat(lease.wire().isOpen()).isTrue();
      assertThat(oldest.wire().isOpen()).isFalse();
      assertThat(newer.wire().isOpen()).isTrue();
    }
  }

  @Test
  void aFailedDialLeavesItsPlaceFree() throws Exception {
    Endpoint nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = Endpoint.tcp("127.0.0.1", socket.getLocalPort());
    }
    try (WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1).maxConnections(1))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> pool.everybody()
                .lease(Dialer.standard(), nobody, Deadline.NEVER, DialListener.NONE))
            .isInstanceOf(ConnectionRefusedException.class);
      }
      assertThat(pool.leasedConnections()).isZero();
    }
  }

  @Test
  void dropsALeaseThatWasForgotten() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      Wire forgotten = forget(pool, server);
      System.gc();

      // Waits until the lease is found: the collector runs when it likes.
      WirePool.Lease next = leaseAfterCollection(pool, server);

      assertThat(next.isReused()).isFalse();
      assertThat(forgotten.isOpen()).isFalse();
    }
  }

  private static Wire forget(WirePool pool, PeerServer server) throws Exception {
    WirePool.Lease lease = lease(pool, server);
    lease.watch(new Object(), "a test", () -> {});
    return lease.wire();
  }

  private static WirePool.Lease leaseAfterCollection(WirePool pool, PeerServer server)
      throws Exception {
    FutureTask<WirePool.Lease> waiting = started(() -> lease(pool, server));
    while (!waiting.isDone()) {
      System.gc();
    }
    return waiting.get();
  }

  @Test
  void aPauseEndsWithItsTime() throws Exception {
    try (WirePool pool = pool(PoolOptions.builder())) {
      Deadline hang = Deadline.after(Duration.ofSeconds(20), Phase.CALL);

      pool.everybody().pause(SHORT, Endpoint.tcp("127.0.0.1", 1), Activity.CONNECTING);

      assertThat(hang.isExpired()).isFalse();
      assertThat(hang.elapsed()).isGreaterThanOrEqualTo(SHORT);
    }
  }

  @Test
  void turnsAwayWhoWaitsWhenItIsClosed() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1));
      WirePool.Lease held = lease(pool, server);
      FutureTask<WirePool.Lease> waiting = started(() -> lease(pool, server));
      FutureTask<Boolean> pausing = started(() -> {
        pool.everybody().pause(Duration.ofSeconds(20), server.endpoint(), Activity.CONNECTING);
        return true;
      });

      pool.close();

      assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClientClosedException.class);
      assertThatThrownBy(() -> pausing.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClientClosedException.class);
      assertThat(held.wire().isOpen()).isFalse();
    }
  }

  @Test
  void endsTheWaitOfAnInterruptedThread() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      lease(pool, server);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> lease(pool, server)).isInstanceOf(CallInterruptedException.class);

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void tellsOfTheStepsOfADial() throws Exception {
    List<Phase> steps = new ArrayList<>();
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      Dialer dialer = Dialer.builder()
          .resolver(host -> List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
          .build();
      Endpoint endpoint = Endpoint.tcp("some.test", server.endpoint().port());

      pool.everybody().lease(dialer, endpoint, Deadline.NEVER, (step, hop) -> steps.add(step));

      assertThat(steps).containsExactly(Phase.RESOLVE, Phase.CONNECT);
    }
  }

  private static WirePool pool(PoolOptions.Builder options) {
    return new WirePool(options.build());
  }

  private static WirePool.Lease lease(WirePool pool, PeerServer server) throws Exception {
    return pool.everybody()
        .lease(Dialer.standard(), server.endpoint(), Deadline.NEVER, DialListener.NONE);
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task, "waits-for-a-connection").start();
    return task;
  }
}
