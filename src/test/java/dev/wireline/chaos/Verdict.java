package dev.wireline.chaos;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.WirelineException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with an exception that a call threw. */
final class Verdict {
  private Verdict() {}

  /** Empty when it is one of those that are promised, says where and when, and shows no secret. */
  static Optional<String> of(Throwable thrown, Servers servers) {
    if (thrown instanceof Stage.Broken broken) {
      throw broken;
    }
    if (stackTrace(thrown).contains(Stage.SECRET)) {
      return Optional.of("a secret is shown");
    }
    Throwable failure =
        thrown instanceof UncheckedIOException ? Objects.requireNonNull(thrown.getCause()) : thrown;
    if (failure instanceof WirelineException e) {
      return of(e, servers);
    }
    boolean fair = failure instanceof IllegalStateException || Injected.leadsFrom(thrown);
    return fair ? Optional.empty() : Optional.of("threw what is not promised");
  }

  private static Optional<String> of(WirelineException e, Servers servers) {
    String message = String.valueOf(e.getMessage());
    if (!servers.endpoints().contains(e.endpoint())) {
      return Optional.of("names another endpoint: " + e.endpoint());
    }
    if (!message.contains(e.endpoint().toString()) || !message.contains("[" + e.phase())) {
      return Optional.of("does not say where and in which phase");
    }
    boolean lost =
        e instanceof CallInterruptedException && !Thread.currentThread().isInterrupted();
    return lost ? Optional.of("lost the interrupt flag") : Optional.empty();
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
