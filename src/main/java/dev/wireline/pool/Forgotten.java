package dev.wireline.pool;

import dev.wireline.internal.Log;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds leases whose user has gone without releasing them. Thread-safe; has no thread. */
final class Forgotten {
  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /** What is known of a handle when it is gone. */
  static final class Watch extends PhantomReference<Object> {
    private final WirePool.Lease lease;
    private final String what;
    private final Runnable found;
    private @Nullable Watch next;

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

    /** Puts it at the head of a chain, which takes no memory. */
    Watch before(@Nullable Watch first) {
      next = first;
      return this;
    }

    /** The one behind it in its chain, or null. */
    @Nullable
    Watch next() {
      return next;
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

  /** One that was forgotten, or null. Takes no memory, so that none is lost on its way. */
  @Nullable
  Watch poll() {
    for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
      if (gone instanceof Watch watch && watches.remove(watch)) {
        return watch;
      }
    }
    return null;
  }
}
