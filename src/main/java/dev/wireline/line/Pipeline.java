package dev.wireline.line;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Many commands in one write, and their answers in order: one round trip in place of many.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.of(client);
 * Pipelined<Reply> sender = pipeline.add("MAIL FROM:<a@client.test>", () -> replies.expect(2));
 * Pipelined<Reply> receiver = pipeline.add("RCPT TO:<b@mail.test>", () -> replies.expect(2));
 * pipeline.run();
 * receiver.get();      // the reply, or its ReplyException
 * }</pre>
 *
 * <p>For peers that take a command before the one before it was answered (RFC 2920 for SMTP). A no of the
 * peer is the answer to one command: those behind it were sent already, and their answers are read.
 *
 * <p>It cannot end in a deadlock, with the client waiting for a peer that does not read while the peer
 * waits for a client that does not read: what comes while commands leave is taken in, up to {@link
 * #MAX_AHEAD_BYTES}, and beyond that the answers to commands that have left are read at once.
 *
 * <p>It runs once. Not thread-safe.
 */
public final class Pipeline {
  /** The most bytes of answers that are kept in memory while commands leave: 256 KiB. */
  public static final int MAX_AHEAD_BYTES = 256 * 1024;

  private final LineClient client;
  private final LineBytes bytes;
  private final List<Pipelined<?>> commands = new ArrayList<>();

  private boolean ran;

  private Pipeline(LineClient client) {
    this.client = client;
    this.bytes = new LineBytes(client.options());
  }

  /**
   * A pipeline without commands. Does no I/O.
   *
   * @param client who speaks
   * @return the pipeline
   */
  public static Pipeline of(LineClient client) {
    return new Pipeline(Objects.requireNonNull(client, "client"));
  }

  /**
   * Adds a command of one line. Nothing leaves yet.
   *
   * @param line the line without its end
   * @param answer reads the answer to it, with the methods of the client or its collaborators; it must not
   *     write. A {@link ReplyException} that it throws is the answer, all else breaks the connection.
   * @param <T> what the answer is
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException if the line holds CR, LF or NUL, or a character that the charset does
   *     not know; the pipeline is as before
   * @throws IllegalStateException if it has run
   */
  public <T extends @Nullable Object> Pipelined<T> add(String line, Steps<T> answer) {
    Objects.requireNonNull(line, "line");
    return add(Message.of().line(line), answer);
  }

  /**
   * Adds a command. Nothing leaves yet.
   *
   * @param command the command
   * @param answer as {@link #add(String, Steps)}
   * @param <T> what the answer is
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException if it is too long, or has a character that the charset does not know;
   *     the pipeline is as before
   * @throws IllegalStateException if it has run
   */
  public <T extends @Nullable Object> Pipelined<T> add(Command command, Steps<T> answer) {
    return add(Message.of().line(command), answer);
  }

  /**
   * Adds a command that is more than a line. Nothing leaves yet.
   *
   * @param message the command
   * @param answer as {@link #add(String, Steps)}
   * @param <T> what the answer is
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException as {@link #add(Command, Steps)}
   * @throws IllegalStateException if it has run
   */
  public <T extends @Nullable Object> Pipelined<T> add(Message message, Steps<T> answer) {
    if (ran) {
      throw new IllegalStateException("the pipeline has run");
    }
    Objects.requireNonNull(answer, "answer");
    encode(Objects.requireNonNull(message, "message"));
    Pipelined<T> added = new Pipelined<>(message, bytes.size(), answer);
    commands.add(added);
    return added;
  }

  /** A message that cannot leave is refused alone: those before it still can. */
  private void encode(Message message) {
    int before = bytes.size();
    try {
      message.appendTo(bytes);
    } catch (RuntimeException | Error e) {
      bytes.cut(before);
      throw e;
    }
  }

  /**
   * Sends all commands and reads all answers. Each 64 KiB of commands have the transfer timeout, with the
   * answers that are read meanwhile; each answer has its own times. Does nothing without a command.
   *
   * @throws IllegalStateException if it has run, or an answer writes; the client is BROKEN then
   * @throws ConnectionClosedException if the peer hung up before the last answer; the client is BROKEN.
   *     Those that came before are there.
   * @throws ReplyException if the peer closes the connection after a no ({@link Replies#withClosingCodes}): the
   *     commands behind it have no answer; the client is BROKEN
   * @throws LimitExceededException if the peer says more than {@link #MAX_AHEAD_BYTES} before it has a
   *     whole command; BROKEN
   * @throws IOException as {@link LineClient#writeLine(String)}, and what an answer threw; BROKEN
   */
  public void run() throws IOException {
    if (ran) {
      throw new IllegalStateException("the pipeline has run");
    }
    ran = true;
    if (!commands.isEmpty()) {
      client.collaborate(() -> new PipelineRun(client, commands).run(bytes));
    }
  }
}
