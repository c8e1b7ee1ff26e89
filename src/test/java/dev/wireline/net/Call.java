package dev.wireline.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One call in a thread of its own: a test can see it wait, interrupt it, and ask for its end. */
final class Call<T> {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean interrupted;

  private Call(ThreadKind kind, Callable<T> body) {
    task = new FutureTask<>(() -> {
      try {
        return body.call();
      } finally {
        interrupted = Thread.currentThread().isInterrupted();
      }
    });
    thread = kind.start(task);
  }

  static <T> Call<T> start(Callable<T> body) {
    return start(ThreadKind.PLATFORM, body);
  }

  static <T> Call<T> start(ThreadKind kind, Callable<T> body) {
    return new Call<>(kind, body);
  }

  /** A step without a result. */
  interface Step {
    void run() throws Exception;
  }

  static Call<Boolean> run(ThreadKind kind, Step step) {
    return new Call<>(kind, () -> {
      step.run();
      return true;
    });
  }

  /** Comes back when the call waits in a selector or for another thread. */
  Call<T> awaitWaiting() {
    return awaitWaiting(Object.class);
  }

  /** The same, for a wait below the code of one class; Object stands for any. */
  Call<T> awaitWaiting(Class<?> code) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!isWaiting(code)) {
      if (task.isDone() || System.nanoTime() > end) {
        throw new AssertionError("the call does not wait: " + task);
      }
      pause();
    }
    return this;
  }

  /** For a state that nothing signals: lets others run before it is looked at again. */
  static void pause() {
    LockSupport.parkNanos(50_000);
  }

  private boolean isWaiting(Class<?> code) {
    boolean waiting = false;
    boolean there = code.equals(Object.class);
    for (StackTraceElement frame : thread.getStackTrace()) {
      String place = frame.getClassName();
      waiting |= place.equals("sun.nio.ch.SelectorImpl")
          || place.equals("java.util.concurrent.locks.LockSupport");
      there |= place.equals(code.getName());
    }
    return waiting && there;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Whether the thread's flag was set when the call ended. */
  boolean endedInterrupted() {
    return interrupted;
  }

  T result() throws Exception {
    try {
      return task.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError hung = new AssertionError("the call did not end", e);
      hung.setStackTrace(thread.getStackTrace());
      throw hung;
    }
  }

  /** What the call threw, which must be of this class. */
  <E extends Throwable> E failure(Class<E> expected) throws Exception {
    try {
      throw new AssertionError("the call threw nothing but gave " + result());
    } catch (ExecutionException e) {
      if (!expected.isInstance(e.getCause())) {
        throw new AssertionError("expected " + expected.getSimpleName(), e.getCause());
      }
      return expected.cast(e.getCause());
    }
  }
}
