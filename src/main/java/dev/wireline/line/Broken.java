package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Wire;

/** Turns what goes wrong in reading lines into an exception with peer and phase, and gives the wire up. */
final class Broken {
  private Broken() {}

  /** The peer has hung up; the exception holds what is unread. */
  static WirelineException hungUp(Wire wire, Activity activity, String happened) {
    byte[] received = wire.input().front(wire.input().buffered());
    return by(
        wire, new ConnectionClosedException(wire.endpoint(), activity, happened, received, null));
  }

  static WirelineException limit(Wire wire, Activity activity, String name, long max) {
    return by(wire, new LimitExceededException(wire.endpoint(), activity, name, max));
  }

  static <E extends WirelineException> E by(Wire wire, E failure) {
    wire.fail(failure);
    return failure;
  }
}
