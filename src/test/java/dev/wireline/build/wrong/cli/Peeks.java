package dev.wireline.build.wrong.cli;

import dev.wireline.build.wrong.internal.Log;

/** Wrong: it shows what no user can see. */
final class Peeks {
  private Peeks() {}

  static void show() {
    Log.say("hello");
  }
}
