package dev.wireline.testing;

import java.util.Arrays;
import java.util.Set;

/** Some of the hostile peers, for tests that know which ones they mean. */
public final class OnlyPeers {
  private OnlyPeers() {}

  /** Those of these names. */
  public static HostilePeers.Builder of(String... titles) {
    Set<String> some = Set.of(titles);
    String[] others = Arrays.stream(HostilePeer.values())
        .map(HostilePeer::title)
        .filter(title -> !some.contains(title))
        .toArray(String[]::new);
    if (others.length + titles.length != HostilePeer.values().length) {
      throw new IllegalArgumentException("not all of these are hostile peers: " + some);
    }
    return HostilePeers.builder().without(others);
  }
}
