package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import dev.wireline.net.Wire;
import java.text.ParseException;

/** Turns what the grammar finds wrong into an exception with peer and phase, and gives the wire up. */
final class Broken {
  private Broken() {}

  static WirelineException grammar(Wire wire, Activity activity, ParseException e) {
    if (e instanceof MalformedException malformed) {
      return rule(wire, activity, malformed.rule(), malformed.excerpt());
    }
    if (e instanceof TooLargeException large) {
      return limit(wire, activity, large.limit(), large.max());
    }
    throw new IllegalStateException("the grammars throw these two alone", e);
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
