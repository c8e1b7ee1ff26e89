package dev.wireline.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Interrupts and closes that hit one step, from its own thread or another, and the account of them. */
final class Strikes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;
  private @Nullable Closeable client;
  private @Nullable Throwable closeFailure;
  private boolean interrupted;
  private boolean over;

  Strikes(Thread thread) {
    this.thread = thread;
  }

  /** What a close closes. */
  void at(Closeable closeable) {
    lock.lock();
    try {
      client = closeable;
    } finally {
      lock.unlock();
    }
  }

  void later(Trouble trouble, ScheduledExecutorService elsewhere) {
    if (trouble.kind().isLater()) {
      Runnable strike = trouble.kind() == Trouble.Kind.CLOSE_LATER ? this::close : this::interrupt;
      Future<?> unused = elsewhere.schedule(strike, trouble.at(), TimeUnit.MICROSECONDS);
    }
  }

  void interrupt() {
    lock.lock();
    try {
      if (!over) {
        interrupted = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    Closeable target = target();
    if (target == null) {
      return;
    }
    try {
      target.close();
    } catch (IOException | RuntimeException | Error e) {
      note(e);
    }
  }

  private @Nullable Closeable target() {
    lock.lock();
    try {
      return over ? null : client;
    } finally {
      lock.unlock();
    }
  }

  private void note(Throwable e) {
    lock.lock();
    try {
      closeFailure = e;
    } finally {
      lock.unlock();
    }
  }

  /** No strike comes after this. */
  void end() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /** What a close threw that was not injected; null when none did. */
  @Nullable
  Throwable closeFailure() {
    lock.lock();
    try {
      Throwable failure = closeFailure;
      return failure == null || Injected.leadsFrom(failure) ? null : failure;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the thread's flag is set when it was interrupted, and only then. For the thread itself. */
  boolean flagIsRight() {
    lock.lock();
    try {
      return Thread.currentThread().isInterrupted() == interrupted;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the flag away. For the thread itself. */
  void calm() {
    lock.lock();
    try {
      interrupted = false;
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }
}
