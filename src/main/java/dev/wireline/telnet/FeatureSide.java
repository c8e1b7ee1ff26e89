package dev.wireline.telnet;

/**
 * One side of one option, by the states of RFC 1143, which prevent loops: a side that has what it wants does
 * not answer. No I/O.
 */
final class FeatureSide {
  /** What to send. */
  enum Say {
    NOTHING,
    ON,
    OFF
  }

  private enum State {
    NO,
    YES,
    WANTS_NO,
    WANTS_NO_THEN_YES,
    WANTS_YES,
    WANTS_YES_THEN_NO
  }

  private State state = State.NO;

  boolean isOn() {
    return state == State.YES;
  }

  /** The peer turns it on. */
  Say hearOn(boolean agrees) {
    return switch (state) {
      case NO -> agrees ? to(State.YES, Say.ON) : Say.OFF;
      case YES -> Say.NOTHING;
      // A peer that answers off with on is wrong; our word counts.
      case WANTS_NO -> to(State.NO, Say.NOTHING);
      case WANTS_NO_THEN_YES, WANTS_YES -> to(State.YES, Say.NOTHING);
      case WANTS_YES_THEN_NO -> to(State.WANTS_NO, Say.OFF);
    };
  }

  /** The peer turns it off. */
  Say hearOff() {
    return switch (state) {
      case NO -> Say.NOTHING;
      case YES -> to(State.NO, Say.OFF);
      case WANTS_NO, WANTS_YES, WANTS_YES_THEN_NO -> to(State.NO, Say.NOTHING);
      case WANTS_NO_THEN_YES -> to(State.WANTS_YES, Say.ON);
    };
  }

  /** The user wants it on. */
  Say wantOn() {
    return switch (state) {
      case NO -> to(State.WANTS_YES, Say.ON);
      case WANTS_NO -> to(State.WANTS_NO_THEN_YES, Say.NOTHING);
      case WANTS_YES_THEN_NO -> to(State.WANTS_YES, Say.NOTHING);
      case YES, WANTS_NO_THEN_YES, WANTS_YES -> Say.NOTHING;
    };
  }

  /** The user wants it off. */
  Say wantOff() {
    return switch (state) {
      case YES -> to(State.WANTS_NO, Say.OFF);
      case WANTS_YES -> to(State.WANTS_YES_THEN_NO, Say.NOTHING);
      case WANTS_NO_THEN_YES -> to(State.WANTS_NO, Say.NOTHING);
      case NO, WANTS_NO, WANTS_YES_THEN_NO -> Say.NOTHING;
    };
  }

  private Say to(State next, Say say) {
    state = next;
    return say;
  }
}
