package dev.wireline.line;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command of a {@link Pipeline}, which is there once the pipeline has run.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what the answer is
 */
public final class Pipelined<T extends @Nullable Object> {
  private final Message message;
  private final int end;
  private final Steps<T> answer;
  private @Nullable Outcome<T> outcome;
  private @Nullable ReplyException no;

  /** What came of it: gives the value, or throws the peer's no. */
  @FunctionalInterface
  private interface Outcome<T extends @Nullable Object> {
    T get() throws ReplyException;
  }

  Pipelined(Message message, int end, Steps<T> answer) {
    this.message = message;
    this.end = end;
    this.answer = answer;
  }

  /**
   * The answer.
   *
   * @return what its reader gave
   * @throws ReplyException if the peer answered with a no; the client stays usable
   * @throws IllegalStateException if it has not come: the pipeline was not run, or broke before it
   */
  public T get() throws ReplyException {
    Outcome<T> come = outcome;
    if (come == null) {
      throw new IllegalStateException("no answer has come to this command");
    }
    return come.get();
  }

  /**
   * Whether the answer has come, a no too.
   *
   * @return true if {@link #get()} gives it
   */
  public boolean isAnswered() {
    return outcome != null;
  }

  /** The peer's no, if that was the answer. */
  @Nullable
  ReplyException no() {
    return no;
  }

  Message message() {
    return message;
  }

  /** Where the command ends among all that leaves. */
  int end() {
    return end;
  }

  /** Reads the answer; a proper no is one too, and ends all if the peer closes after it. */
  void read() throws IOException {
    try {
      T value = answer.run();
      outcome = () -> value;
    } catch (ReplyException e) {
      no = e;
      outcome = () -> {
        throw e;
      };
      if (!e.connectionUsable()) {
        throw e;
      }
    }
  }
}
