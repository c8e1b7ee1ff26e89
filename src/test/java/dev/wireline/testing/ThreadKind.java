package dev.wireline.testing;

import java.util.ArrayList;
import java.util.List;

/** The kinds of thread that this JDK has. */
public enum ThreadKind {
  PLATFORM,
  VIRTUAL;

  public static List<ThreadKind> available() {
    List<ThreadKind> kinds = new ArrayList<>(List.of(PLATFORM));
    if (Runtime.version().feature() >= 21) {
      kinds.add(VIRTUAL);
    }
    return kinds;
  }

  public Thread start(Runnable task) {
    if (this == VIRTUAL) {
      return startVirtual(task);
    }
    Thread thread = new Thread(task, Caller.THREAD);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The tests compile for a platform that does not know the method. */
  private static Thread startVirtual(Runnable task) {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK should have virtual threads", e);
    }
  }
}
