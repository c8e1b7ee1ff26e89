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

  private static final Duration TO_END = Duration.ofSeconds(1);

  /** Runs a client on a thread of its own. */
  static Trial of(TestedClient client, Endpoint server, Duration bound) {
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      client.talk(server);
      return true;
    });
    Thread thread = new Thread(task, "peer-server " + server + " client under test");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(Guard.nanos(bound), TimeUnit.NANOSECONDS);
      join(thread);
      return new Trial(null, null);
    } catch (ExecutionException e) {
      join(thread);
      return new Trial(e.getCause(), null);
    } catch (TimeoutException e) {
      return stop(thread, bound);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a client ran", e);
    }
  }

  private static Trial stop(Thread thread, Duration bound) {
    Throwable place = new Throwable("where the client stood");
    place.setStackTrace(thread.getStackTrace());
    thread.interrupt();
    join(thread);
    return new Trial(place, bound);
  }

  private static void join(Thread thread) {
    try {
      thread.join(TO_END.toMillis());
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
