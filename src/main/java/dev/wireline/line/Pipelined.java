package dev.wireline.line;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command of a {@link Pipeline}, available once the pipeline has run.
 *
 * <p>Not thread-safe.
 *
 * @param <T> the type of the answer
 */
public final class Pipelined<T extends @Nullable Object> {
  private final Message message;
  private final int end;
  private final Steps<T> answer;
  private @Nullable Outcome<T> outcome;
  private @Nullable ReplyException no;

  /** The outcome: returns the value, or throws the peer's refusal. */
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
   * @return what its reader returned
   * @throws ReplyException if the peer refused; the client stays usable
   * @throws IllegalStateException if there is no answer: the pipeline was not run, or broke earlier
   */
  public T get() throws ReplyException {
    Outcome<T> come = outcome;
    if (come == null) {
      throw new IllegalStateException("no answer has come to this command");
    }
    return come.get();
  }

  /**
   * Whether the answer has come, even if it is a refusal.
   *
   * @return true if {@link #get()} returns or throws it
   */
  public boolean isAnswered() {
    return outcome != null;
  }

  /** The peer's refusal, if that was the answer. */
  @Nullable
  ReplyException no() {
    return no;
  }

  Message message() {
    return message;
  }

  /** Where the command ends among all the bytes to send. */
  int end() {
    return end;
  }

  /** Reads the answer; a proper refusal is one too, and ends the pipeline if the peer closes after it. */
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
