package dev.wireline.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One call in a thread of its own: a test can see it wait, interrupt it, and ask for its end.
 *
 * @param <T> what it gives
 */
public final class Caller<T> {
  /** The name of its thread, where that is a platform thread. */
  static final String THREAD = "test call";

  private static final Duration SOON = Duration.ofSeconds(20);
  /** The methods that wait: the classes' others are also on the way of a call that works. */
  private static final String SELECTOR = "sun.nio.ch.SelectorImpl.lockAndDoSelect";

  private static final String PARKED = "java.util.concurrent.locks.LockSupport.park";

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean interrupted;

  private Caller(ThreadKind kind, Callable<T> body) {
    task = new FutureTask<>(() -> {
      try {
        return body.call();
      } finally {
        interrupted = Thread.currentThread().isInterrupted();
      }
    });
    thread = kind.start(task);
  }

  public static <T> Caller<T> start(Callable<T> body) {
    return start(ThreadKind.PLATFORM, body);
  }

  public static <T> Caller<T> start(ThreadKind kind, Callable<T> body) {
    return new Caller<>(kind, body);
  }

  /** A step without a result. */
  public interface Step {
    void run() throws Exception;
  }

  public static Caller<Boolean> run(ThreadKind kind, Step step) {
    return new Caller<>(kind, () -> {
      step.run();
      return true;
    });
  }

  /** Comes back when the call waits in a selector or for another thread. */
  public Caller<T> awaitWaiting() {
    return awaitStanding(Set.of(SELECTOR, PARKED), Object.class);
  }

  /** The same, for a wait below the code of one class. */
  public Caller<T> awaitWaiting(Class<?> code) {
    return awaitStanding(Set.of(SELECTOR, PARKED), code);
  }

  /** Comes back when the call waits for its peer. */
  public Caller<T> awaitSelecting() {
    return awaitStanding(Set.of(SELECTOR), Object.class);
  }

  /** Comes back when the call waits for another thread. */
  public Caller<T> awaitParked() {
    return awaitStanding(Set.of(PARKED), Object.class);
  }

  private Caller<T> awaitStanding(Set<String> places, Class<?> code) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!stands(places, code)) {
      if (task.isDone() || System.nanoTime() > end) {
        throw new AssertionError("the call does not wait: " + task);
      }
      pause();
    }
    return this;
  }

  /** For a state that nothing signals: lets others run before it is looked at again. */
  public static void pause() {
    LockSupport.parkNanos(50_000);
  }

  /** Object stands for any code. */
  private boolean stands(Set<String> places, Class<?> code) {
    boolean waiting = false;
    boolean there = code.equals(Object.class);
    for (StackTraceElement frame : thread.getStackTrace()) {
      String method = frame.getClassName() + '.' + frame.getMethodName();
      waiting |= places.stream().anyMatch(method::startsWith);
      there |= frame.getClassName().equals(code.getName());
    }
    return waiting && there;
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** Whether the thread's flag was set when the call ended. */
  public boolean endedInterrupted() {
    return interrupted;
  }

  /** What the call gave; its thread has ended too. */
  public T result() throws Exception {
    try {
      return task.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError hung = new AssertionError("the call did not end", e);
      hung.setStackTrace(thread.getStackTrace());
      throw hung;
    } finally {
      thread.join(SOON.toMillis());
    }
  }

  /** What the call threw. */
  public Throwable failure() throws Exception {
    try {
      throw new AssertionError("the call threw nothing but gave " + result());
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  /** What the call threw, which must be of this class. */
  public <E extends Throwable> E failure(Class<E> expected) throws Exception {
    Throwable thrown = failure();
    if (!expected.isInstance(thrown)) {
      throw new AssertionError("expected " + expected.getSimpleName(), thrown);
    }
    return expected.cast(thrown);
  }
}
