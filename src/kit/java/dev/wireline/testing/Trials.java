package dev.wireline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What went wrong in a row of runs. Not thread-safe. */
final class Trials {

  /** A client that hangs as often as this is not tried any further: each time costs the bound. */
  static final int MOST_HANGS = 3;

  private static final int MOST_SHOWN = 20;

  private final List<String> failures = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();
  private int hung;

  static void checkBound(Duration bound) {
    if (Objects.requireNonNull(bound, "bound").isNegative() || bound.isZero()) {
      throw new IllegalArgumentException("the bound must be more than zero: " + bound);
    }
  }

  /** Reads a script for one connection. */
  static Scene oneScene(String script) {
    List<Scene> scenes = Script.parse(script).scenes();
    if (scenes.size() > 1) {
      throw new IllegalArgumentException(
          "the script has " + scenes.size() + " connections, and only one is played");
    }
    return scenes.get(0);
  }

  /** Takes a run against a bad server, which is a failure unless the client ended as it should. */
  void add(String name, Trial trial) {
    hung += trial.hung() ? 1 : 0;
    String fault = trial.fault();
    if (fault != null) {
      add(name, fault, trial.thrown());
    }
  }

  void add(String name, String fault, @Nullable Throwable cause) {
    failures.add("\n  " + name + ": " + fault);
    if (cause != null) {
      causes.add(cause);
    }
  }

  void addAll(Trials others) {
    failures.addAll(others.failures);
    causes.addAll(others.causes);
    hung += others.hung;
  }

  /** How many runs did not end. */
  int hung() {
    return hung;
  }

  void throwIfAny(String title) {
    if (failures.isEmpty()) {
      return;
    }
    int shown = Math.min(failures.size(), MOST_SHOWN);
    int rest = failures.size() - shown;
    AssertionError error = new AssertionError(title
        + String.join("", failures.subList(0, shown))
        + (rest == 0 ? "" : "\n  and " + rest + " more"));
    causes.subList(0, Math.min(causes.size(), MOST_SHOWN)).forEach(error::addSuppressed);
    throw error;
  }
}
