package dev.wireline.line;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Bounds;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Other timeouts for some exchanges of a client: one deadline for all of them, or more patience.
 *
 * <pre>{@code
 * Dialogue login = Dialogue.of(client);
 * login.within(Duration.ofSeconds(20), () -> {
 *   replies.expect(220);
 *   client.writeLine("USER joe");
 *   return replies.expect(331);
 * });
 * }</pre>
 *
 * <p>A peer that answers each line just in time can hold a client up for as long as it has lines to send.
 * Within a dialogue one deadline ends everything: the dial and the TLS handshake if they are part of it, and
 * each read and write, including those of collaborators and streams. The timeouts of single calls still apply.
 *
 * <p>Not thread-safe: one thread at a time runs dialogues. The deadline belongs to the client: what another
 * thread begins with the client meanwhile ends with it too. If the dialogue finishes in time, a read begun by
 * another thread goes on.
 */
public final class Dialogue {
  private final LineClient client;

  private Dialogue(LineClient client) {
    this.client = client;
  }

  /**
   * Creates an object that runs dialogues of a client. Does no I/O.
   *
   * @param client the client
   * @return an object that runs them
   */
  public static Dialogue of(LineClient client) {
    return new Dialogue(Objects.requireNonNull(client, "client"));
  }

  /**
   * Runs steps that together must finish within a time. Within another dialogue of the client the earlier
   * deadline counts. Time spent in the caller's own code counts too but is not interrupted: the next call that
   * needs the connection throws, while what arrived in memory in time can still be read.
   *
   * <p>A dialogue is an exchange: if the steps throw something else half way, such as the caller's own
   * exception, the client is BROKEN, since an answer may be unread; a proper refusal by the peer leaves it
   * usable.
   *
   * @param time how long they may take, more than zero
   * @param steps what to do; whatever they throw is rethrown
   * @param <T> the type of their result
   * @return what the steps returned
   * @throws IllegalArgumentException if the time is zero or less; nothing was run
   * @throws IllegalStateException if another thread is in an exchange, in which case nothing was run, or is
   *     reading, as {@link LineClient#exchange}; the other thread goes on with its own timeouts
   * @throws DeadlineExceededException if the time ran out in a read, a write or a dial; its phase is {@link
   *     Phase#CALL} and its setting {@code dialogue}; the client is BROKEN, or still NEW if it was dialling
   * @throws IOException whatever the steps threw
   */
  public <T extends @Nullable Object> T within(Duration time, Steps<T> steps) throws IOException {
    Objects.requireNonNull(steps, "steps");
    Bounds.positive("dialogue", Objects.requireNonNull(time, "time"));
    Deadline own = Deadline.after(time, Phase.CALL, "dialogue");
    return client.surround(() -> {
      Deadline before = client.limit();
      client.limit(own.earlier(before));
      try {
        return steps.run();
      } finally {
        client.limit(before);
      }
    });
  }

  /**
   * Runs steps in which the peer may be silent for a long time, such as waiting for a job or for news. It is an
   * exchange, as {@link #within} is.
   *
   * @param silence the silence timeout for waits that begin in these steps, in place of the dialer's; more than
   *     zero
   * @param steps what to do; whatever they throw is rethrown
   * @param <T> the type of their result
   * @return what the steps returned
   * @throws IllegalArgumentException if the time is zero or less; nothing was run
   * @throws IllegalStateException if another thread is in an exchange, in which case nothing was run, or is
   *     reading, as {@link LineClient#exchange}; the other thread goes on with its own timeouts
   * @throws DeadlineExceededException if the peer was silent for longer; the client is BROKEN
   * @throws IOException whatever the steps threw
   */
  public <T extends @Nullable Object> T patient(Duration silence, Steps<T> steps)
      throws IOException {
    Objects.requireNonNull(steps, "steps");
    Bounds.positive("silence", Objects.requireNonNull(silence, "silence"));
    return client.surround(() -> {
      Duration before = client.silence(silence);
      try {
        return steps.run();
      } finally {
        client.silence(before);
      }
    });
  }
}
