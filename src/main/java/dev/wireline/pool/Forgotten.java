package dev.wireline.pool;

import dev.wireline.internal.Log;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds leases whose user has gone without releasing them. Thread-safe; has no thread. */
final class Forgotten {
  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /** What is known of a handle when it is gone. */
  static final class Watch extends PhantomReference<Object> {
    private final WirePool.Lease lease;
    private final String what;
    private final Runnable found;

    Watch(
        Object handle,
        ReferenceQueue<Object> queue,
        WirePool.Lease lease,
        String what,
        Runnable found) {
      super(handle, queue);
      this.lease = lease;
      this.what = what;
      this.found = found;
    }

    WirePool.Lease lease() {
      return lease;
    }

    void tell() {
      Log.warn("{} was neither read to its end nor closed: its connection is dropped", what);
      found.run();
    }
  }

  /** What comes back is for {@link #unwatch}. */
  Object watch(Object handle, WirePool.Lease lease, String what, Runnable found) {
    Watch watch = new Watch(handle, queue, lease, what, found);
    watches.add(watch);
    return watch;
  }

  void unwatch(Object watch) {
    watches.remove(watch);
  }

  /** What was forgotten since the last call. */
  List<Watch> collect() {
    Reference<?> gone = queue.poll();
    if (gone == null) {
      return List.of();
    }
    List<Watch> found = new ArrayList<>();
    for (; gone != null; gone = queue.poll()) {
      if (gone instanceof Watch watch && watches.remove(watch)) {
        found.add(watch);
      }
    }
    return found;
  }
}
