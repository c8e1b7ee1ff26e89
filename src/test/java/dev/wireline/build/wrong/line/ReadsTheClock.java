package dev.wireline.build.wrong.line;

import java.time.Instant;
import java.util.function.LongSupplier;

/** Wrong: clocks belong to net, also by reference. */
final class ReadsTheClock {
  private ReadsTheClock() {}

  static LongSupplier clock() {
    return System::nanoTime;
  }

  static Instant moment() {
    return Instant.now();
  }
}
