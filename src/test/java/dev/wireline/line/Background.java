package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Work in a thread of its own, whose end a test waits for.
 *
 * @param <T> what it gives
 */
final class Background<T> {
  static final String NAME = "line-test background";

  private static final long SOON_SECONDS = 20;

  /** A kind of thread. */
  enum Kind {
    PLATFORM,
    VIRTUAL;

    /** The kinds that this JDK has. */
    static List<Kind> available() {
      return virtualStart().isPresent() ? List.of(values()) : List.of(PLATFORM);
    }

    private static Optional<Method> virtualStart() {
      try {
        return Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
      } catch (NoSuchMethodException e) {
        return Optional.empty();
      }
    }

    private Thread start(Runnable work) throws ReflectiveOperationException {
      if (this == VIRTUAL) {
        return (Thread) virtualStart().orElseThrow().invoke(null, work);
      }
      Thread thread = new Thread(work, NAME);
      thread.start();
      return thread;
    }
  }

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean interruptedAtEnd;

  private Background(Kind kind, Callable<T> work) throws ReflectiveOperationException {
    task = new FutureTask<>(() -> {
      try {
        return work.call();
      } finally {
        interruptedAtEnd = Thread.currentThread().isInterrupted();
      }
    });
    thread = kind.start(task);
  }

  static <T> Background<T> start(Callable<T> work) throws Exception {
    return start(Kind.PLATFORM, work);
  }

  static <T> Background<T> start(Kind kind, Callable<T> work) throws Exception {
    return new Background<>(kind, work);
  }

  /** Waits for the result. */
  T result() throws Exception {
    try {
      return task.get(SOON_SECONDS, TimeUnit.SECONDS);
    } finally {
      thread.join(SOON_SECONDS * 1000);
    }
  }

  /** Waits for the exception that the work ends in. */
  Throwable failure() throws Exception {
    try {
      throw new AssertionError("the work gave " + result() + " where it should have failed");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  void interrupt() {
    thread.interrupt();
  }

  boolean interruptedAtEnd() {
    return interruptedAtEnd;
  }

  /** Waits until the thread waits for its peer in a selector. */
  void awaitSelecting() {
    await(() -> stands("sun.nio.ch.SelectorImpl"));
  }

  /** Waits until the thread waits for another one. */
  void awaitParked() {
    await(() -> stands("java.util.concurrent.locks.LockSupport"));
  }

  private boolean stands(String type) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type));
  }

  private void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(task.isDone()).as("the work is over before it waited").isFalse();
      assertThat(System.nanoTime() - start).isLessThan(SOON_SECONDS * 1_000_000_000L);
      Thread.onSpinWait();
    }
  }
}
