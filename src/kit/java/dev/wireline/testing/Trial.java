package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How one run of a client ended. Immutable.
 *
 * @param thrown what it threw, or where it stood when it did not end; null when it succeeded
 * @param bound the time it had when it did not end, null when it ended
 */
record Trial(@Nullable Throwable thrown, @Nullable Duration bound) {

  /** How long a client may go on that is interrupted and whose connection is cut. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  /**
   * Runs a client on a thread of its own. The thread has ended when this returns, unless the client goes
   * on in spite of everything.
   *
   * @param server where the client connects to
   * @param cut cuts the connections of a client that does not end within the bound
   */
  static Trial of(TestedClient client, Endpoint server, Duration bound, Runnable cut) {
    return of(client, server, bound, cut, TO_END);
  }

  /** The same with a time of its own for a client that goes on. */
  static Trial of(
      TestedClient client, Endpoint server, Duration bound, Runnable cut, Duration toEnd) {
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      client.talk(server);
      return true;
    });
    Thread thread = new Thread(task, "peer-server " + server + " client under test");
    thread.setDaemon(true);
    thread.start();
    try {
      Throwable thrown = await(task, bound);
      thread.join();
      return new Trial(thrown, null);
    } catch (TimeoutException e) {
      return stop(thread, bound, cut, toEnd);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a client ran", e);
    }
  }

  private static @Nullable Throwable await(FutureTask<Boolean> task, Duration bound)
      throws InterruptedException, TimeoutException {
    try {
      task.get(Guard.nanos(bound), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Trial stop(Thread thread, Duration bound, Runnable cut, Duration toEnd) {
    StackTraceElement[] stood = thread.getStackTrace();
    thread.interrupt();
    cut.run();
    join(thread, toEnd);
    Throwable place = new Throwable("where the client stood"
        + (thread.isAlive() ? ", which went on when it was interrupted and cut off" : ""));
    place.setStackTrace(stood);
    return new Trial(place, bound);
  }

  private static void join(Thread thread, Duration atMost) {
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean succeeded() {
    return thrown == null;
  }

  boolean hung() {
    return bound != null;
  }

  /** Whether a limit of its own ended it. */
  boolean ranOutOfTime() {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (tellsOfTime(cause)) {
        return true;
      }
    }
    return false;
  }

  /** By its name, for each library of clients has an exception of its own for it. */
  private static boolean tellsOfTime(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return name.contains("Timeout") || name.contains("Deadline");
  }

  /** What is wrong with it when the server was bad; null when it failed as it should. */
  @Nullable
  String fault() {
    if (thrown == null) {
      return "the client reported success";
    }
    if (bound != null) {
      return "the client did not end within " + bound.toMillis() + " ms";
    }
    boolean fair = thrown instanceof IOException || thrown instanceof UncheckedIOException;
    return fair ? null : "the client threw " + Escaped.text(thrown.toString());
  }
}
