package dev.wireline.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the hooks throw, and how it is known again. */
final class Injected {
  private static final String MARK = "injected";

  private Injected() {}

  /** One of the kinds that code of a user, or the JVM below it, throws. */
  static Throwable of(int kind) {
    return switch (kind % 7) {
      case 0 -> new OutOfMemoryError(MARK);
      case 1 -> new StackOverflowError(MARK);
      case 2 -> new NoClassDefFoundError(MARK);
      case 3 -> new IllegalArgumentException(MARK);
      case 4 -> new NullPointerException(MARK);
      case 5 -> new UncheckedIOException(new IOException(MARK));
      default -> new IOException(MARK);
    };
  }

  /** Whether it is one of them, or leads to one by its causes and what it suppressed. */
  static boolean leadsFrom(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> next = new ArrayDeque<>();
    next.add(thrown);
    while (!next.isEmpty()) {
      Throwable one = next.remove();
      if (MARK.equals(one.getMessage())) {
        return true;
      }
      if (seen.add(one)) {
        addIfAny(next, one.getCause());
        Collections.addAll(next, one.getSuppressed());
      }
    }
    return false;
  }

  private static void addIfAny(Deque<Throwable> next, @Nullable Throwable cause) {
    if (cause != null) {
      next.add(cause);
    }
  }
}
