package dev.wireline.build.wrong.line;

/** Wrong: threads belong to net. */
final class StartsAThread {
  private StartsAThread() {}

  static void start(Runnable work) {
    new Thread(work).start();
  }
}
