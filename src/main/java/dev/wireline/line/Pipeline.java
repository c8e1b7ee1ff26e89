package dev.wireline.line;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends many commands in one write and reads their answers in order: one round trip in place of many.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.of(client);
 * Pipelined<Reply> sender = pipeline.add("MAIL FROM:<a@client.test>", () -> replies.expect(2));
 * Pipelined<Reply> receiver = pipeline.add("RCPT TO:<b@mail.test>", () -> replies.expect(2));
 * pipeline.run();
 * receiver.get();      // the reply, or its ReplyException
 * }</pre>
 *
 * <p>For peers that accept a command before they have answered the previous one (RFC 2920 for SMTP). A refusal
 * is the answer to one command only: the commands after it were sent already, and their answers are read.
 *
 * <p>It cannot deadlock with client and peer each waiting for the other to read: what arrives while commands
 * are being sent is taken in, up to {@link #MAX_AHEAD_BYTES}, and beyond that the answers to commands already
 * sent are read at once.
 *
 * <p>It runs once. Not thread-safe.
 */
public final class Pipeline {
  /** The most bytes of answers that are kept in memory while commands are being sent: 256 KiB. */
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
   * Creates an empty pipeline. Does no I/O.
   *
   * @param client who speaks
   * @return the pipeline
   */
  public static Pipeline of(LineClient client) {
    return new Pipeline(Objects.requireNonNull(client, "client"));
  }

  /**
   * Adds a command of one line. Nothing is sent yet.
   *
   * @param line the line without its end
   * @param answer reads the answer to it, with the methods of the client or its collaborators; it must not
   *     write. A {@link ReplyException} that it throws is the answer; anything else breaks the connection.
   * @param <T> the type of the answer
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException if the line contains CR, LF or NUL, or a character that the charset cannot
   *     encode; the pipeline is as before
   * @throws IllegalStateException if the pipeline has run
   */
  public <T extends @Nullable Object> Pipelined<T> add(String line, Steps<T> answer) {
    Objects.requireNonNull(line, "line");
    return add(Message.of().line(line), answer);
  }

  /**
   * Adds a command. Nothing is sent yet.
   *
   * @param command the command
   * @param answer as {@link #add(String, Steps)}
   * @param <T> the type of the answer
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException if it is too long, or has a character that the charset cannot encode; the
   *     pipeline is as before
   * @throws IllegalStateException if the pipeline has run
   */
  public <T extends @Nullable Object> Pipelined<T> add(Command command, Steps<T> answer) {
    return add(Message.of().line(command), answer);
  }

  /**
   * Adds a command of more than one line. Nothing is sent yet.
   *
   * @param message the command
   * @param answer as {@link #add(String, Steps)}
   * @param <T> the type of the answer
   * @return the answer, once the pipeline has run
   * @throws IllegalArgumentException as {@link #add(Command, Steps)}
   * @throws IllegalStateException if the pipeline has run
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

  /** Refuses a message that cannot be sent, without affecting those before it. */
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
   * Sends all commands and reads all answers. The transfer timeout applies to each 64 KiB of commands, with the
   * answers that are read meanwhile; each answer has its own timeouts. Does nothing if there are no commands.
   *
   * @throws IllegalStateException if the pipeline has run, or an answer writes, in which case the client is
   *     BROKEN
   * @throws ConnectionClosedException if the peer hung up before the last answer; the client is BROKEN. Earlier
   *     answers are available.
   * @throws ReplyException if the peer closes the connection after a refusal ({@link
   *     Replies#withClosingCodes}), so that later commands get no answer; the client is BROKEN
   * @throws LimitExceededException if the peer sends more than {@link #MAX_AHEAD_BYTES} before it has a whole
   *     command; the client is BROKEN
   * @throws IOException as {@link LineClient#writeLine(String)}, or whatever an answer threw; the client is
   *     BROKEN
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
