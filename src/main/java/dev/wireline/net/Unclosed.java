package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.Log;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds connections that are unreachable but were never closed: their clients were dropped. Thread-safe; has no
 * thread.
 *
 * <p>It looks for them whenever a connection is made. There is one for the whole process, since a dropped
 * client may take everything with it that it was made with. It closes what no client can use again, and decides
 * nothing else.
 */
final class Unclosed {
  /** The most places in a program that are named in the log; beyond that connections are closed silently. */
  static final int MAX_PLACES = 100;

  static final Unclosed OF_THE_PROCESS = new Unclosed(new Consumer<>() {
    @Override
    public void accept(String warning) {
      Log.warn("{}", warning);
    }
  });

  private final Consumer<String> log;
  private final ReferenceQueue<Wire> queue = new ReferenceQueue<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Set<String> places = ConcurrentHashMap.newKeySet();

  Unclosed(Consumer<String> log) {
    this.log = log;
  }

  /** What is known about a wire once it is gone. The wire is not reachable from here. */
  final class Watch extends PhantomReference<Wire> {
    private final Endpoint endpoint;
    private final Place place;
    private volatile Transport transport;

    private Watch(Wire wire, Transport transport) {
      super(wire, queue);
      this.endpoint = wire.endpoint();
      this.place = Place.ofCaller();
      this.transport = transport;
    }

    void transport(Transport value) {
      transport = value;
    }

    void end() {
      watches.remove(this);
    }
  }

  Watch watch(Wire wire, Transport transport) {
    Watch watch = new Watch(wire, transport);
    watches.add(watch);
    return watch;
  }

  /** Closes what was dropped since the last call, and then logs it, which may fail. */
  void closeDropped() {
    Reference<? extends Wire> gone = queue.poll();
    if (gone == null) {
      return;
    }
    List<Watch> dropped = new ArrayList<>();
    for (; gone != null; gone = queue.poll()) {
      if (gone instanceof Watch watch && watches.remove(watch)) {
        watch.transport.close();
        dropped.add(watch);
      }
    }
    dropped.forEach(this::tell);
  }

  /** Logs each place once: a loop that drops its clients would fill the log. */
  private void tell(Watch dropped) {
    String place = dropped.place.toString();
    if (places.size() < MAX_PLACES && places.add(place)) {
      log.accept("the connection to " + dropped.endpoint + ", made by " + place
          + ", was dropped without a close, and is closed now. Close every client and agent; this"
          + " place is not named again");
    }
  }
}
