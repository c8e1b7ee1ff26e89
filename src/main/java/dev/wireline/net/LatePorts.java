package dev.wireline.net;

/**
 * The local ports of a client's latest attempts, which it avoids for a while: a late answer to one call must
 * not reach a later one. Not thread-safe.
 */
final class LatePorts {
  /** How many ports are remembered. */
  static final int KEPT = 64;

  /** How often the system is asked for another one. */
  static final int MOST_TRIES = 8;

  private final int[] ports = new int[KEPT];
  private int next;

  /** Notes a port; false if it is among the latest already. */
  boolean note(int port) {
    for (int late : ports) {
      if (late == port) {
        return false;
      }
    }
    ports[next] = port;
    next = (next + 1) % KEPT;
    return true;
  }
}
