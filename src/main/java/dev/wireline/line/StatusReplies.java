package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.MalformedException;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one-line replies that start with {@code +OK} or {@code -ERR}. Held by the client that it works for.
 *
 * <pre>
 * C: DELE 1
 * S: +OK message 1 deleted
 * C: DELE 1
 * S: -ERR message 1 already deleted
 * </pre>
 *
 * <p>One thread reads at a time, as with the client. <b>Strict:</b> the status is in upper case, as RFC 1939
 * section 3 requires of servers. <b>Lenient:</b> what follows it is for people and may have any bytes: if it is
 * not text in the client's charset or its {@code fallbackCharset}, it is read as ISO-8859-1.
 */
public final class StatusReplies {
  private final LineClient client;
  private final Function<Refusal<StatusReply>, ? extends ReplyException> refusals;

  private StatusReplies(
      LineClient client, Function<Refusal<StatusReply>, ? extends ReplyException> refusals) {
    this.client = client;
    this.refusals = refusals;
  }

  /**
   * Creates a reader of a client's replies. Does no I/O.
   *
   * @param client the client that reads; its {@code maxLineBytes} limits a reply
   * @return a reader
   */
  public static StatusReplies of(LineClient client) {
    return new StatusReplies(Objects.requireNonNull(client, "client"), ReplyException::new);
  }

  /**
   * This reader, with the protocol's own exception for a refusal.
   *
   * @param factory creates the exception and does nothing else; if it throws itself, the client is BROKEN
   * @return a reader that throws it
   */
  public StatusReplies withRefusal(
      Function<Refusal<StatusReply>, ? extends ReplyException> factory) {
    return new StatusReplies(client, Objects.requireNonNull(factory, "factory"));
  }

  /**
   * Writes a command and reads its reply, which must be {@code +OK}.
   *
   * @param command the command; a refusal shows it, with its secrets masked
   * @return the text after the status; may be empty
   * @throws ReplyException as {@link #expectOk()}
   * @throws IllegalArgumentException as {@link Command#writeTo}; nothing was written or dialled
   * @throws IOException as {@link Command#writeTo} and {@link #expectOk()}
   */
  public String ask(Command command) throws IOException {
    Objects.requireNonNull(command, "command");
    return ask(Message.of().line(command), command.toString());
  }

  /**
   * Writes a line and reads its reply, which must be {@code +OK}.
   *
   * @param line the line without its end; a refusal shows only its first word, since nothing in it is marked as
   *     a secret
   * @return the text after the status; may be empty
   * @throws ReplyException as {@link #expectOk()}
   * @throws IllegalArgumentException as {@link LineClient#writeLine(String)}; nothing was written or
   *     dialled
   * @throws IOException as {@link LineClient#writeLine(String)} and {@link #expectOk()}
   */
  public String ask(String line) throws IOException {
    Objects.requireNonNull(line, "line");
    return ask(Message.of().line(line), Command.verbOf(line));
  }

  private String ask(Message message, String shown) throws IOException {
    client.checkBeforeDialling(message);
    return client.collaborate(() -> {
      client.write(message);
      return readOk(shown).text();
    });
  }

  /**
   * Reads one reply, whatever its status. Waits as {@link LineClient#readLine()} does.
   *
   * @return the reply
   * @throws PeerProtocolException if it is not a valid reply; the client is BROKEN
   * @throws IOException as {@link LineClient#readLine()}
   */
  public StatusReply read() throws IOException {
    return client.collaborate(this::readWhole);
  }

  /**
   * Reads one reply, which must be {@code +OK}.
   *
   * @return the text after the status; may be empty
   * @throws ReplyException if it is {@code -ERR}: this, or what {@link #withRefusal} creates; the client stays
   *     usable
   * @throws PeerProtocolException as {@link #read()}, and for a plain {@code +}, since the peer would go on
   *     waiting; the client is BROKEN
   * @throws IOException as {@link #read()}
   */
  public String expectOk() throws IOException {
    return client.collaborate(() -> readOk(null)).text();
  }

  /**
   * Reads one reply within an exchange such as AUTH (RFC 5034, section 4), which must be {@code +OK}, or {@code
   * +} with a challenge for the client to answer.
   *
   * @return the reply
   * @throws ReplyException as {@link #expectOk()}
   * @throws IOException as {@link #read()}
   */
  public StatusReply expectOkOrContinue() throws IOException {
    return client.collaborate(() -> readYes(null));
  }

  private StatusReply readOk(@Nullable String command) throws IOException {
    StatusReply reply = readYes(command);
    if (reply.status() == StatusReply.Status.CONTINUE) {
      throw client.malformed(
          "a command that is whole is answered with +OK or -ERR (RFC 1939, section 3)",
          reply.toString());
    }
    return reply;
  }

  private StatusReply readYes(@Nullable String command) throws IOException {
    StatusReply reply = readWhole();
    if (reply.status() == StatusReply.Status.ERR) {
      throw refused(reply, command);
    }
    return reply;
  }

  private ReplyException refused(StatusReply reply, @Nullable String command) {
    Refusal<StatusReply> refusal =
        new Refusal<>(client.endpoint(), Replies.REPLY, reply, command, false);
    return Objects.requireNonNull(refusals.apply(refusal), "the factory gave null");
  }

  private StatusReply readWhole() throws IOException {
    try {
      return StatusReply.parse(client.reader().reply(client.ready(), Deadline.NEVER));
    } catch (MalformedException e) {
      throw Replies.malformed(client.endpoint(), e);
    }
  }
}
