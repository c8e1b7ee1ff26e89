package dev.wireline.halfway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.pool.WirePool;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose caller comes to the end of its stack keeps no lock and loses no place. */
@Timeout(120)
class PoolAtStackEndTest {
  private static final Dialer DIALER = Dialer.standard();
  private static final PoolOptions ONE = PoolOptions.builder()
      .maxConnections(1)
      .maxPerEndpoint(1)
      .waitTimeout(Duration.ofSeconds(30))
      .build();
  private static final int MOST_DEPTHS = 600;
  private static final int ENOUGH_IN_PEACE = 20;

  /** Whether it ended by the end of the stack. */
  private static boolean ends(int depth, Callable<Object> steps) throws InterruptedException {
    Object come = StackEnd.run(depth, steps);
    assertThat(come).isNotInstanceOf(Exception.class);
    return come instanceof StackOverflowError;
  }

  /** Asked from another thread, which a lock that is held would stop. */
  private static int leased(WirePool pool) throws Exception {
    FutureTask<Integer> count = new FutureTask<>(pool::leasedConnections);
    Thread thread = new Thread(count, "asks the pool");
    thread.setDaemon(true);
    thread.start();
    return count.get(30, TimeUnit.SECONDS);
  }

  private static WirePool.Lease lease(WirePool pool, PeerServer server) throws IOException {
    return pool.lease(DIALER, server.endpoint(), Deadline.NEVER, DialListener.NONE);
  }

  @Test
  void aLeaseThatFailedLeavesItsPlaceFree() throws Exception {
    int peace = 0;
    int errors = 0;
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      for (int depth = 0; depth < MOST_DEPTHS && peace < ENOUGH_IN_PEACE; depth++) {
        try (WirePool pool = new WirePool(ONE)) {
          boolean ended = ends(depth, () -> lease(pool, server));
          peace = ended ? 0 : peace + 1;
          errors += ended ? 1 : 0;

          assertThat(leased(pool)).as("at depth " + depth).isEqualTo(ended ? 0 : 1);
        }
      }
    }

    assertThat(errors).isPositive();
  }

  @Test
  void aKeptConnectionThatWasNotGotLeavesItsPlaceFree() throws Exception {
    int peace = 0;
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      for (int depth = 0; depth < MOST_DEPTHS && peace < ENOUGH_IN_PEACE; depth++) {
        try (WirePool pool = new WirePool(ONE)) {
          lease(pool, server).release(true);
          boolean ended = ends(depth, () -> lease(pool, server));
          peace = ended ? 0 : peace + 1;

          assertThat(leased(pool)).as("at depth " + depth).isEqualTo(ended ? 0 : 1);
        }
      }
    }
  }

  @Test
  void whatWasNotReleasedCanBeReleasedAgain() throws Exception {
    int peace = 0;
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      for (int depth = 0; depth < MOST_DEPTHS && peace < ENOUGH_IN_PEACE; depth++) {
        try (WirePool pool = new WirePool(ONE)) {
          WirePool.Lease lease = lease(pool, server);
          boolean ended = ends(depth, () -> {
            lease.release(true);
            return "";
          });
          peace = ended ? 0 : peace + 1;
          leased(pool);
          lease.release(false);

          assertThat(leased(pool)).as("at depth " + depth).isZero();
          lease(pool, server).release(true);
        }
      }
    }
  }
}
