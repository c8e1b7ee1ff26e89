package dev.wireline.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A second thread of a test, at one call: seen to wait, interrupted, and asked for its end. */
final class Caller<T> {
  private static final long SECONDS = 20;

  /** A way to start threads. */
  interface Kind {
    Thread start(Runnable work);
  }

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean interruptedAtEnd;

  private Caller(Kind kind, Callable<T> call) {
    task = new FutureTask<>(() -> {
      try {
        return call.call();
      } finally {
        interruptedAtEnd = Thread.currentThread().isInterrupted();
      }
    });
    thread = kind.start(task);
  }

  static <T> Caller<T> start(Callable<T> call) {
    return new Caller<>(Caller::platform, call);
  }

  static <T> Caller<T> start(Kind kind, Callable<T> call) {
    return new Caller<>(kind, call);
  }

  /** Platform threads, and virtual ones where this JDK has them. */
  static Stream<Kind> kinds() {
    try {
      MethodHandle virtual = MethodHandles.lookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
      return Stream.of(Caller::platform, work -> virtual(virtual, work));
    } catch (ReflectiveOperationException e) {
      return Stream.of(Caller::platform);
    }
  }

  private static Thread platform(Runnable work) {
    Thread thread = new Thread(work, "caller");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Thread virtual(MethodHandle start, Runnable work) {
    try {
      return (Thread) start.invoke(work);
    } catch (Throwable e) {
      throw new AssertionError("virtual threads are there but do not start", e);
    }
  }

  /** Comes back when the call waits for its peer. */
  Caller<T> awaitWaiting() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!isWaiting()) {
      if (task.isDone() || System.nanoTime() > end) {
        throw new AssertionError("the call does not wait: " + task);
      }
      Thread.onSpinWait();
    }
    return this;
  }

  private boolean isWaiting() {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("sun.nio.ch.SelectorImpl"));
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Whether the thread's flag was set when the call ended. */
  boolean endedInterrupted() {
    return interruptedAtEnd;
  }

  T result() throws Exception {
    try {
      return task.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      AssertionError hangs = new AssertionError("the call does not end", e);
      hangs.setStackTrace(thread.getStackTrace());
      throw hangs;
    }
  }

  /** What the call threw, or null. */
  @Nullable
  Throwable failure() throws Exception {
    try {
      result();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
