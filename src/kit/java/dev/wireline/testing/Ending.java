package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The end of a server: every step of it is taken, whatever becomes of the others. */
final class Ending {

  /** A step that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      // What is closed can be closed no further; the wait for the threads tells what is left.
      return;
    }
  }

  /** Waits for threads to end, and interrupts them half way through. */
  void join(List<Thread> threads, Duration atMost) {
    long start = System.nanoTime();
    joinUntil(threads, start + atMost.toNanos() / 2);
    for (Thread thread : threads) {
      if (thread != Thread.currentThread()) {
        thread.interrupt();
      }
    }
    joinUntil(threads, start + atMost.toNanos());
    for (Thread thread : threads) {
      if (thread.isAlive() && thread != Thread.currentThread()) {
        throw new IllegalStateException("the thread \"" + thread.getName() + "\" does not end");
      }
    }
  }

  private static void joinUntil(List<Thread> threads, long deadline) {
    for (Thread thread : threads) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis > 0 && thread != Thread.currentThread()) {
        join(thread, millis);
      }
    }
  }

  private static void join(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the end of threads", e);
    }
  }
}
