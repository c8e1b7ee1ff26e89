package dev.wireline.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands wherever code of a user runs: at some of its passes the trouble of the step strikes. */
final class Hook {
  private final Trouble trouble;
  private final Strikes strikes;
  private final AtomicInteger passes = new AtomicInteger();
  private volatile boolean on;

  Hook(Trouble trouble, Strikes strikes) {
    this.trouble = trouble;
    this.strikes = strikes;
  }

  /** From now on passes count. */
  void on() {
    on = true;
  }

  /** From now on nothing strikes. */
  void off() {
    on = false;
  }

  void pass() {
    Throwable thrown = next();
    if (thrown instanceof IOException e) {
      throw new UncheckedIOException(e);
    }
    throwUnchecked(thrown);
  }

  void passIo() throws IOException {
    Throwable thrown = next();
    if (thrown instanceof IOException e) {
      throw e;
    }
    throwUnchecked(thrown);
  }

  private static void throwUnchecked(@Nullable Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  private @Nullable Throwable next() {
    if (!on || !trouble.strikes(passes.getAndIncrement())) {
      return null;
    }
    switch (trouble.kind()) {
      case THROW -> {
        return Injected.of(trouble.throwing());
      }
      case INTERRUPT -> strikes.interrupt();
      case CLOSE -> strikes.close();
      default -> {
        return null;
      }
    }
    return null;
  }
}
