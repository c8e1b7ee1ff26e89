package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.MalformedException;
import java.io.IOException;
import java.util.Objects;

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
 * 1939 section 3 demands of servers.
 */
public final class StatusReplies {
  private final LineClient client;

  private StatusReplies(LineClient client) {
    this.client = client;
  }

  /**
   * The replies that come to a client. Does no I/O.
   *
   * @param client who reads; its {@code maxLineBytes} bounds a reply
   * @return a reader
   */
  public static StatusReplies of(LineClient client) {
    return new StatusReplies(Objects.requireNonNull(client, "client"));
  }

  /**
   * Reads one reply, whatever it says. Waits as {@link LineClient#readLine()}.
   *
   * @return the reply
   * @throws PeerProtocolException when it is none, or not text in the client's charset; the client is
   *     BROKEN
   * @throws IOException as {@link LineClient#readLine()}
   */
  public StatusReply read() throws IOException {
    return client.exchange(this::readWhole);
  }

  /**
   * Reads one reply that has to say {@code +OK}.
   *
   * @return the text behind it, may be empty
   * @throws ReplyException when it says {@code -ERR}; the client stays usable
   * @throws PeerProtocolException as {@link #read()}, and for a {@code +} without OK, since the peer
   *     would go on waiting; the client is BROKEN
   * @throws IOException as {@link #read()}
   */
  public String expectOk() throws IOException {
    return client.exchange(this::readOk).text();
  }

  private StatusReply readOk() throws IOException {
    StatusReply reply = readWhole();
    return switch (reply.status()) {
      case OK -> reply;
      case ERR -> throw new ReplyException(client.endpoint(), Replies.REPLY, reply.toString());
      case CONTINUE ->
        throw client.malformed(
            "a command that is whole is answered with +OK or -ERR (RFC 1939, section 3)",
            reply.toString());
    };
  }

  private StatusReply readWhole() throws IOException {
    try {
      return StatusReply.parse(client.reader().line(client.ready()));
    } catch (MalformedException e) {
      throw Replies.malformed(client.endpoint(), e);
    }
  }
}
