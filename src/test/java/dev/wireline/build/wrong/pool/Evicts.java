package dev.wireline.build.wrong.pool;

/** Wrong: a pool cleans up when it is used, and has no thread. */
final class Evicts {
  private Evicts() {}

  static void start(Runnable work) {
    new Thread(work).start();
  }
}
