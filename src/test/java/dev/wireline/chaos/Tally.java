package dev.wireline.chaos;

import java.util.Map;
import java.util.TreeMap;

/** How the calls of a run ended. Not thread-safe. */
final class Tally {
  private final Map<String, Integer> ends = new TreeMap<>();

  void count(String how) {
    ends.merge(how, 1, Integer::sum);
  }

  int of(String how) {
    return ends.getOrDefault(how, 0);
  }

  @Override
  public String toString() {
    return ends.toString();
  }
}
