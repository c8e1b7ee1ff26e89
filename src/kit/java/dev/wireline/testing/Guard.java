package dev.wireline.testing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** State that several threads share: changed under a lock, with waits for a condition. */
final class Guard {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Changes the state and wakes all who wait. */
  void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the state, wakes all who wait, and gives a result. */
  <T> T changeAndGet(Supplier<T> change) {
    lock.lock();
    try {
      changed.signalAll();
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /** Reads the state. */
  <T> T read(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the condition holds, for ever if need be. */
  void await(BooleanSupplier condition) throws InterruptedException {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the condition holds; gives false when the time ran out before. */
  boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    long left = nanos(atMost);
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits in a test: an interrupt fails the test and keeps the flag of the thread. */
  boolean awaitInTest(BooleanSupplier condition, Duration atMost) {
    try {
      return await(condition, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }

  /** A duration in nanoseconds, cut to what a long holds: 292 years. */
  static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
