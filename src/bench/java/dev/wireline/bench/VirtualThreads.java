package dev.wireline.bench;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Threads of a newer JDK than the one that this is compiled for. */
final class VirtualThreads {
  private static final @Nullable Method START = find();

  private VirtualThreads() {}

  private static @Nullable Method find() {
    try {
      return Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  static boolean exist() {
    return START != null && Runtime.version().feature() >= 21;
  }

  /** Starts a virtual thread, or a daemon where there are none. */
  static Thread startOrPlain(Runnable work) {
    Method start = exist() ? START : null;
    if (start == null) {
      Thread plain = new Thread(work, "plain");
      plain.setDaemon(true);
      plain.start();
      return plain;
    }
    try {
      return (Thread) start.invoke(null, work);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
