package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.MalformedException;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of one line that start with {@code +OK} or {@code -ERR}, through a client that holds
 * it.
 *
 * <pre>
 * C: DELE 1
 * S: +OK message 1 deleted
 * C: DELE 1
 * S: -ERR message 1 already deleted
 * </pre>
 *
 * <p>As many threads may read as the client allows: one. <b>Strict:</b> the signs are in upper case, as RFC
 * 1939 section 3 demands of servers. <b>Lenient:</b> what follows the sign is for people and may have any
 * bytes: where it is not text in the client's charset or its {@code fallbackCharset}, it is read as
 * ISO-8859-1.
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
   * The replies that come to a client. Does no I/O.
   *
   * @param client who reads; its {@code maxLineBytes} bounds a reply
   * @return a reader
   */
  public static StatusReplies of(LineClient client) {
    return new StatusReplies(Objects.requireNonNull(client, "client"), ReplyException::new);
  }

  /**
   * The same, with an exception of the protocol's own for a no.
   *
   * @param factory makes the exception and does nothing else; what it throws itself breaks the client
   * @return a reader that throws it
   */
  public StatusReplies withRefusal(
      Function<Refusal<StatusReply>, ? extends ReplyException> factory) {
    return new StatusReplies(client, Objects.requireNonNull(factory, "factory"));
  }

  /**
   * Writes a command and reads its reply, which has to say {@code +OK}.
   *
   * @param command the command; a no shows it, with its secrets masked
   * @return the text after the sign, may be empty
   * @throws ReplyException as {@link #expectOk()}
   * @throws IllegalArgumentException as {@link Command#writeTo}; nothing was written or dialled
   * @throws IOException as {@link Command#writeTo} and {@link #expectOk()}
   */
  public String ask(Command command) throws IOException {
    Objects.requireNonNull(command, "command");
    return ask(Message.of().line(command), command.toString());
  }

  /**
   * Writes a line and reads its reply, which has to say {@code +OK}.
   *
   * @param line the line without its end; a no shows its first word alone, since nothing in it is marked
   *     as a secret
   * @return the text after the sign, may be empty
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
   * Reads one reply, whatever it says. Waits as {@link LineClient#readLine()}.
   *
   * @return the reply
   * @throws PeerProtocolException if it is none; the client is BROKEN
   * @throws IOException as {@link LineClient#readLine()}
   */
  public StatusReply read() throws IOException {
    return client.collaborate(this::readWhole);
  }

  /**
   * Reads one reply that has to say {@code +OK}.
   *
   * @return the text behind it, may be empty
   * @throws ReplyException if it says {@code -ERR}, or what {@link #withRefusal} makes; the client
   *     stays usable
   * @throws PeerProtocolException as {@link #read()}, and for a {@code +} without OK, since the peer
   *     would go on waiting; the client is BROKEN
   * @throws IOException as {@link #read()}
   */
  public String expectOk() throws IOException {
    return client.collaborate(() -> readOk(null)).text();
  }

  /**
   * Reads one reply within a dialogue, such as AUTH (RFC 5034, section 4), that has to say {@code +OK}, or {@code
   * +} and what the peer wants to hear an answer to.
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
