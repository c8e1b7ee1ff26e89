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
 * Other times for some exchanges of a client: one deadline for all of them, or more patience.
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
 * <p>A peer that answers each line just in time can hold a client up for as long as it has lines to say.
 * Within a dialogue everything ends at one moment: the dial and the TLS handshake where they are part of
 * it, each read and each write, those of the collaborators and of the streams too. The deadlines of the
 * single calls hold besides.
 *
 * <p>Not thread-safe: one thread at a time runs dialogues. The deadline is the client's: what another
 * thread begins with the client meanwhile ends with it too. When the dialogue is done in time, a read that
 * another thread began goes on.
 */
public final class Dialogue {
  private final LineClient client;

  private Dialogue(LineClient client) {
    this.client = client;
  }

  /**
   * The dialogues of a client. Does no I/O.
   *
   * @param client who speaks
   * @return an object that runs them
   */
  public static Dialogue of(LineClient client) {
    return new Dialogue(Objects.requireNonNull(client, "client"));
  }

  /**
   * Runs steps that have to be done in a time, all together. Within another dialogue of the client the
   * earlier end counts. Time in the caller's own code counts too, but ends nothing: the next call that
   * needs the connection throws, while what has come into memory in time can still be read.
   *
   * <p>A dialogue is an exchange: when the steps throw something else half way, such as an exception of
   * the caller's own, the client is BROKEN, for an answer may be unread; a proper no of the peer leaves it
   * usable.
   *
   * @param time how long they may take, more than zero
   * @param steps what is said; what they throw is thrown on
   * @param <T> what they give
   * @return what the steps gave
   * @throws IllegalArgumentException if the time is zero or less; nothing was run
   * @throws IllegalStateException if another thread is in an exchange, before anything was run, or reads,
   *     as {@link LineClient#exchange}; that one goes on with its own times
   * @throws DeadlineExceededException if the time was over at a read, a write or a dial: its phase is
   *     {@link Phase#CALL} and its setting {@code dialogue}; the client is BROKEN, or still NEW where it
   *     was dialling
   * @throws IOException what the steps threw
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
   * Runs steps in which the peer may be silent for long, since it was asked to wait: for a job, for news.
   * It is an exchange as in {@link #within}.
   *
   * @param silence how long no byte may move in a wait that begins in these steps, in place of the
   *     dialer's silence timeout; more than zero
   * @param steps what is said; what they throw is thrown on
   * @param <T> what they give
   * @return what the steps gave
   * @throws IllegalArgumentException if the time is zero or less; nothing was run
   * @throws IllegalStateException if another thread is in an exchange, before anything was run, or reads,
   *     as {@link LineClient#exchange}; that one goes on with its own times
   * @throws DeadlineExceededException if the peer was silent for longer; the client is BROKEN
   * @throws IOException what the steps threw
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
