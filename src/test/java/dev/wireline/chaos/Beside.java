package dev.wireline.chaos;

import dev.wireline.line.Steps;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A call in a thread of its own, beside that of the step. */
final class Beside {
  private final FutureTask<String> task;

  private Beside(Steps<String> call) {
    task = new FutureTask<>(call::run);
  }

  static Beside start(Steps<String> call) {
    Beside beside = new Beside(call);
    Thread thread = new Thread(beside.task, "chaos, beside the step");
    thread.setDaemon(true);
    thread.start();
    return beside;
  }

  /** What it gave or threw; an interrupt stays with the thread that asks. */
  String result() throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw thrown(Objects.requireNonNull(e.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException thrown(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return (IOException) cause;
  }
}
