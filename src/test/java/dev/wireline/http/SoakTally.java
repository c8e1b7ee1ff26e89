package dev.wireline.http;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** How the calls of a soak ended. Thread-safe. */
final class SoakTally {
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong complete = new AtomicLong();
  private final ConcurrentMap<String, AtomicLong> ends = new ConcurrentHashMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  long nextId() {
    return ids.incrementAndGet();
  }

  /** An answer came whole, and was the right one. */
  void completed() {
    complete.incrementAndGet();
    ended("complete");
  }

  void ended(String how) {
    ends.computeIfAbsent(how, key -> new AtomicLong()).incrementAndGet();
  }

  void fault(String what) {
    faults.add(what);
  }

  long complete() {
    return complete.get();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public String toString() {
    Map<String, AtomicLong> sorted = new TreeMap<>(ends);
    return ids + " calls: " + sorted;
  }
}
