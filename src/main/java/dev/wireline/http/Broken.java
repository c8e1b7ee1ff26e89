package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.MalformedException;
import dev.wireline.net.Wire;

/** What the grammar finds wrong, as an exception with peer and phase; the wire is given up. */
final class Broken {
  private Broken() {}

  static WirelineException rule(Wire wire, Activity activity, MalformedException e) {
    return rule(wire, activity, e.rule(), e.excerpt());
  }

  static WirelineException rule(Wire wire, Activity activity, String rule, String excerpt) {
    return failed(wire, new PeerProtocolException(wire.endpoint(), activity, rule, excerpt));
  }

  static WirelineException limit(Wire wire, Activity activity, String limit, long max) {
    return failed(wire, new LimitExceededException(wire.endpoint(), activity, limit, max));
  }

  private static WirelineException failed(Wire wire, WirelineException failure) {
    wire.fail(failure);
    return failure;
  }
}
