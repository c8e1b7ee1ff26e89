package dev.wireline.chaos;

import java.util.List;
import java.util.Random;

/**
 * What goes wrong in a step, on the client's side. Immutable.
 *
 * @param kind what
 * @param at the hook at which it begins, counted from 0; for the later kinds, microseconds
 * @param times at how many hooks in a row
 * @param throwing which kind of throwable
 */
record Trouble(Kind kind, int at, int times, int throwing) {
  /** What can go wrong. */
  enum Kind {
    NOTHING,
    THROW,
    INTERRUPT,
    CLOSE,
    INTERRUPT_LATER,
    CLOSE_LATER;

    boolean isLater() {
      return this == INTERRUPT_LATER || this == CLOSE_LATER;
    }
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  /** Early hooks are as likely as late ones, on a scale of powers of two. */
  static Trouble at(Random random) {
    // Half of all throw: a hook may throw in seven ways, but interrupt and close in one.
    Kind kind = random.nextBoolean() ? Kind.THROW : KINDS.get(random.nextInt(KINDS.size()));
    int at = random.nextInt(1 << random.nextInt(kind.isLater() ? 13 : 7));
    return new Trouble(kind, at, 1 + random.nextInt(3), random.nextInt(7));
  }

  boolean strikes(int pass) {
    return pass >= at && pass < at + times;
  }
}
