package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.internal.Log;
import java.util.Objects;
import java.util.Optional;

/** Wraps a listener of a dial so that what it throws is logged. */
final class HeardDial implements DialListener {
  private final DialListener listener;

  HeardDial(DialListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public Optional<Endpoint> aim() {
    return listener.aim();
  }

  @Override
  public void done(Phase step, Endpoint hop) {
    try {
      listener.done(step, hop);
    } catch (RuntimeException e) {
      Log.threw(listener, e);
    }
  }
}
