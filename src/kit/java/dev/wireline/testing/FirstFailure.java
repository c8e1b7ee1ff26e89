package dev.wireline.testing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong first with a server, up to its close: what that brings about is no failure. */
final class FirstFailure {

  private final Guard guard = new Guard();
  private @Nullable Throwable first;
  private boolean closed;

  /** Takes what went wrong; gives false when it does not count, for the server was closed. */
  boolean take(Throwable failure) {
    return guard.changeAndGet(() -> {
      if (!closed && first == null) {
        first = failure;
      }
      return !closed;
    });
  }

  /** Takes nothing more from now on. */
  void close() {
    guard.change(() -> closed = true);
  }

  Optional<Throwable> get() {
    return Optional.ofNullable(guard.read(() -> first));
  }
}
