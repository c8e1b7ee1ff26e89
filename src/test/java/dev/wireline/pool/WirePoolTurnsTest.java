package dev.wireline.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Wire;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets a place of a pool when several threads want one. */
@Timeout(60)
class WirePoolTurnsTest {
  @Test
  void aWaitForOnePeerDoesNotHoldUpThoseForAnother() throws Exception {
    try (PeerServer one = PeerServer.start(PeerConnection::hold);
        PeerServer two = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1).maxConnections(2))) {
      WirePool.Lease held = lease(pool, one);
      Caller<WirePool.Lease> waiting = Caller.start(() -> lease(pool, one));
      awaitWaiting(pool, 1);

      WirePool.Lease other = lease(pool, two);

      assertThat(other.wire().isOpen()).isTrue();
      held.release(true);
      assertThat(waiting.result().wire()).isSameAs(held.wire());
    }
  }

  @Test
  void nobodyOvertakesOneWhoWaitsForAPlaceInAll() throws Exception {
    try (PeerServer one = PeerServer.start(PeerConnection::hold);
        PeerServer two = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxConnections(1))) {
      WirePool.Lease held = lease(pool, one);
      Caller<WirePool.Lease> first = Caller.start(() -> lease(pool, two));
      awaitWaiting(pool, 1);
      Caller<WirePool.Lease> second = Caller.start(() -> lease(pool, one));
      awaitWaiting(pool, 2);

      held.release(true);

      WirePool.Lease given = first.result();
      assertThat(given.wire().endpoint()).isEqualTo(two.endpoint());
      assertThat(held.wire().isOpen()).isFalse();
      assertThat(pool.waitingThreads()).isOne();
      given.release(false);
      assertThat(second.result().isReused()).isFalse();
    }
  }

  @Test
  void whoGivesUpLetsTheNextInLineIn() throws Exception {
    try (PeerServer one = PeerServer.start(PeerConnection::hold);
        PeerServer two = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1).maxConnections(2))) {
      lease(pool, one);
      WirePool.Lease held = lease(pool, two);
      Caller<WirePool.Lease> impatient = Caller.start(() -> pool.everybody()
          .lease(
              Dialer.standard(),
              two.endpoint(),
              Deadline.after(Duration.ofMillis(100), Phase.CALL),
              DialListener.NONE));
      awaitWaiting(pool, 1);
      Caller<WirePool.Lease> next = Caller.start(() -> lease(pool, two));

      assertThat(impatient.failure()).isInstanceOf(DeadlineExceededException.class);

      held.release(true);
      assertThat(next.result().wire()).isSameAs(held.wire());
    }
  }

  @Test
  void whoIsInterruptedLetsTheNextInLineIn() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease held = lease(pool, server);
      Caller<WirePool.Lease> interrupted = Caller.start(() -> lease(pool, server));
      awaitWaiting(pool, 1);
      Caller<WirePool.Lease> next = Caller.start(() -> lease(pool, server));
      awaitWaiting(pool, 2);

      interrupted.interrupt();

      assertThat(interrupted.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(interrupted.endedInterrupted()).isTrue();
      held.release(true);
      assertThat(next.result().wire()).isSameAs(held.wire());
      assertThat(pool.leasedConnections()).isOne();
    }
  }

  @RepeatedTest(20)
  void twoWhoReleaseTheSameLeaseAtOnceFreeOnePlace() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(2))) {
      WirePool.Lease other = lease(pool, server);
      WirePool.Lease lease = lease(pool, server);
      CyclicBarrier together = new CyclicBarrier(2);

      Caller<Boolean> good = Caller.run(ThreadKind.PLATFORM, () -> {
        together.await();
        lease.release(true);
      });
      Caller<Boolean> bad = Caller.run(ThreadKind.PLATFORM, () -> {
        together.await();
        lease.release(false);
      });

      assertThat(good.result()).isEqualTo(bad.result());
      assertThat(pool.leasedConnections()).isOne();
      assertThat(other.wire().isOpen()).isTrue();
      assertThat(lease.wire().isOpen()).isEqualTo(pool.idleConnections() == 1);
    }
  }

  @RepeatedTest(20)
  void closeLeavesNoConnectionOpenHoweverBusyThePoolIs() throws Exception {
    Queue<Wire> wires = new ConcurrentLinkedQueue<>();
    List<Caller<Boolean>> callers = new ArrayList<>();
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(3));
      for (int i = 0; i < 8; i++) {
        boolean reusable = i % 2 == 0;
        callers.add(
            Caller.run(ThreadKind.PLATFORM, () -> useUntilClosed(pool, server, reusable, wires)));
      }
      server.awaitConnections(5, Duration.ofSeconds(20));

      pool.close();

      for (Caller<Boolean> caller : callers) {
        assertThat(caller.failure()).isInstanceOf(ClientClosedException.class);
      }
      assertThat(wires).isNotEmpty().noneMatch(Wire::isOpen);
      assertThat(pool.leasedConnections()).isZero();
      assertThat(pool.idleConnections()).isZero();
      assertThat(pool.waitingThreads()).isZero();
    }
  }

  private static void useUntilClosed(
      WirePool pool, PeerServer server, boolean reusable, Queue<Wire> wires) throws Exception {
    while (true) {
      WirePool.Lease lease = lease(pool, server);
      wires.add(lease.wire());
      lease.release(reusable);
    }
  }

  @Test
  void aLeaseThatIsReleasedAfterTheCloseIsCounted() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      WirePool pool = pool(PoolOptions.builder());
      WirePool.Lease lease = lease(pool, server);
      pool.close();

      lease.release(true);

      assertThat(pool.leasedConnections()).isZero();
      assertThat(pool.idleConnections()).isZero();
      assertThatThrownBy(() -> lease(pool, server)).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void aReleaseWakesOneOfThoseWhoWait() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease held = lease(pool, server);
      // The first of them is the one that looks for what was forgotten; then the last is.
      List<Thread> threads = new ArrayList<>();
      Queue<WirePool.Lease> given = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < 30; i++) {
        threads.add(ThreadKind.PLATFORM.start(() -> given.add(leaseUnchecked(pool, server))));
        awaitWaiting(pool, i + 1);
      }
      List<Thread> between = threads.subList(9, 29);
      between.forEach(WirePoolTurnsTest::awaitParked);
      long before = waits(between);

      held.release(true);
      for (int i = 0; i < 8; i++) {
        next(given).release(true);
      }

      assertThat(pool.waitingThreads()).isEqualTo(21);
      assertThat(waits(between)).isEqualTo(before);
      for (int i = 8; i < 30; i++) {
        next(given).release(true);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static WirePool.Lease leaseUnchecked(WirePool pool, PeerServer server) {
    try {
      return lease(pool, server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static WirePool.Lease next(Queue<WirePool.Lease> given) {
    WirePool.Lease lease = given.poll();
    while (lease == null) {
      Caller.pause();
      lease = given.poll();
    }
    return lease;
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Caller.pause();
    }
  }

  /** How often they have begun to wait. */
  private static long waits(List<Thread> threads) {
    long count = 0;
    for (Thread thread : threads) {
      count += ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
    }
    return count;
  }

  @Test
  void aLookAtAKeptConnectionThatFailsLeavesItsPlaceFree() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder())) {
      WirePool.Lease released = lease(pool, server);
      released.release(true);
      Caller<Boolean> reader =
          Caller.run(ThreadKind.PLATFORM, () -> released.wire().input().read());
      reader.awaitSelecting();

      assertThatThrownBy(() -> lease(pool, server)).isInstanceOf(IllegalStateException.class);

      assertThat(pool.leasedConnections()).isZero();
      assertThat(reader.failure()).isInstanceOf(ClientClosedException.class);
    }
  }

  /** What was given to it in the moment of the interrupt goes to the next. */
  @RepeatedTest(50)
  void aPlaceIsNotLostWhenItsTakerIsInterrupted() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().maxPerEndpoint(1))) {
      WirePool.Lease held = lease(pool, server);
      Caller<WirePool.Lease> first = Caller.start(() -> lease(pool, server));
      awaitWaiting(pool, 1);
      CyclicBarrier together = new CyclicBarrier(2);
      Caller<Boolean> releasing = Caller.run(ThreadKind.PLATFORM, () -> {
        together.await();
        held.release(true);
      });

      together.await();
      first.interrupt();

      assertThat(releasing.result()).isTrue();
      try {
        first.result().release(true);
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(CallInterruptedException.class);
      }
      assertThat(pool.leasedConnections()).isZero();
      lease(pool, server).release(true);
    }
  }

  /** A call that finds many would pay for all of them. */
  @Test
  void whatIsTooOldIsClosedAFewAtATime() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        WirePool pool = pool(PoolOptions.builder().idleTimeout(Duration.ofMillis(1)))) {
      List<WirePool.Lease> leases = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        leases.add(lease(pool, server));
      }
      leases.forEach(lease -> lease.release(true));
      Deadline old = Deadline.after(Duration.ofMillis(2), Phase.POOL);
      while (!old.isExpired()) {
        Caller.pause();
      }

      WirePool.Lease fresh = lease(pool, server);

      assertThat(fresh.isReused()).isFalse();
      assertThat(pool.idleConnections()).isEqualTo(20 - IdleWires.TIDIED_AT_ONCE);
    }
  }

  private static void awaitWaiting(WirePool pool, int count) {
    while (pool.waitingThreads() < count) {
      Caller.pause();
    }
  }

  private static WirePool pool(PoolOptions.Builder options) {
    return new WirePool(options.build());
  }

  private static WirePool.Lease lease(WirePool pool, PeerServer server) throws Exception {
    return pool.everybody()
        .lease(Dialer.standard(), server.endpoint(), Deadline.NEVER, DialListener.NONE);
  }
}
