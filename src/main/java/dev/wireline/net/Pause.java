package dev.wireline.net;

import java.io.Closeable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A short wait that ends early on an interrupt or a close from another thread. */
final class Pause implements Closeable {
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Waits and returns whether this was closed; after an interrupt the thread's flag is set. */
  boolean await(long nanos) {
    try {
      return ended.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
