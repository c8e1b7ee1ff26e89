package dev.wireline.http;

import dev.wireline.net.Wire;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Ends a call from another thread, by closing the connection that it is on or dials. Thread-safe. */
final class CallEnd {
  /** Held while the wire is closed: one that has gone back to the pool is perhaps another call's. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Wire wire;
  private boolean ended;

  /** The call is on this wire from now on. */
  void on(Wire now) {
    lock.lock();
    try {
      wire = now;
      closeIfEnded();
    } finally {
      lock.unlock();
    }
  }

  /** The call has left its wire. */
  void off() {
    lock.lock();
    try {
      wire = null;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      closeIfEnded();
    } finally {
      lock.unlock();
    }
  }

  private void closeIfEnded() {
    Wire present = wire;
    if (ended && present != null) {
      present.close();
    }
  }
}
