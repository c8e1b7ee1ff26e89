package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.pool.WirePool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Takes and releases connections at the end of a stack: the pool keeps no lock and loses no place. */
final class PoolRun {
  private static final int MOST_DEPTHS = 900;
  private static final int ENOUGH_IN_PEACE = 30;

  private final Dialer dialer = Dialer.standard();
  private final Endpoint server;
  private final List<String> wrong = new ArrayList<>();
  private int errors;

  PoolRun(Endpoint server) {
    this.server = server;
  }

  List<String> wrong() {
    return wrong;
  }

  int errors() {
    return errors;
  }

  /** One round near the end of the stack; whether it ended by an error. */
  private interface Round {
    boolean ends(int depth, WirePool pool) throws Exception;
  }

  void stack() throws Exception {
    dialled(MOST_DEPTHS, new WirePool(PoolOptions.standard()));
    each(this::dialled);
    each(this::kept);
    each(this::released);
  }

  private void each(Round round) throws Exception {
    int peace = 0;
    for (int depth = 0; depth < MOST_DEPTHS && peace < ENOUGH_IN_PEACE; depth++) {
      try (WirePool pool = new WirePool(PoolOptions.standard())) {
        boolean ended = round.ends(depth, pool);
        errors += ended ? 1 : 0;
        peace = ended ? 0 : peace + 1;
      }
    }
  }

  private boolean dialled(int depth, WirePool pool) throws Exception {
    boolean ended = ends(depth, () -> lease(pool));
    expect(pool, ended ? 0 : 1, "a dial at depth " + depth);
    return ended;
  }

  private boolean kept(int depth, WirePool pool) throws Exception {
    lease(pool).release(true);
    boolean ended = ends(depth, () -> lease(pool));
    expect(pool, ended ? 0 : 1, "a kept one at depth " + depth);
    return ended;
  }

  private boolean released(int depth, WirePool pool) throws Exception {
    WirePool.Lease lease = lease(pool);
    boolean ended = ends(depth, () -> {
      lease.release(true);
      return "";
    });
    leased(pool);
    lease.release(false);
    expect(pool, 0, "a release at depth " + depth);
    return ended;
  }

  private static boolean ends(int depth, Callable<Object> steps) throws InterruptedException {
    return StackEnd.run(depth, steps) instanceof Throwable;
  }

  private void expect(WirePool pool, int leases, String where) throws Exception {
    int found = leased(pool);
    if (found != leases) {
      wrong.add("WRONG after " + where + ": " + found + " leases, not " + leases);
    }
  }

  /** Asked from another thread, which a lock that is held would stop. */
  private static int leased(WirePool pool) throws Exception {
    FutureTask<Integer> count = new FutureTask<>(pool::leasedConnections);
    Thread thread = new Thread(count, "asks the pool");
    thread.setDaemon(true);
    thread.start();
    return count.get(20, TimeUnit.SECONDS);
  }

  private WirePool.Lease lease(WirePool pool) throws IOException {
    return pool.everybody().lease(dialer, server, Deadline.NEVER, DialListener.NONE);
  }
}
