package dev.wireline.imap;

import dev.wireline.line.Blocks;
import dev.wireline.line.Content;
import dev.wireline.line.Message;
import java.io.IOException;
import java.util.Objects;

/**
 * Sends commands: tags, lines, and literals, waiting for the server's go-ahead if they are large. Not
 * thread-safe.
 */
final class Commands {
  final ImapClient client;
  final ImapOptions options;
  final Responses responses;
  final Blocks blocks;
  private int tags;

  Commands(ImapClient client, ImapOptions options, Responses responses) {
    this.client = client;
    this.options = options;
    this.responses = responses;
    this.blocks = Blocks.of(client);
  }

  /** Sends a command and reads to the end of its answer. */
  StatusLine ask(ImapCommand command, Responses.Handler handler) throws IOException {
    String tag = send(command);
    return responses.finish(tag, command.toString(), handler);
  }

  String nextTag() {
    return "A" + ++tags;
  }

  /** Sends a command and its literals; returns the tag of its answer. */
  String send(ImapCommand command) throws IOException {
    String tag = nextTag();
    StringBuilder line = new StringBuilder(tag).append(' ');
    Message message = Message.of();
    boolean secret = false;
    for (ImapCommand.Part part : command.parts()) {
      line.append(part.text());
      ImapCommand.Literal literal = part.literal();
      secret |= part.secret() && literal == null;
      if (literal != null) {
        long length = length(literal);
        boolean unasked = goesUnasked(length);
        line.append('{').append(length).append(unasked ? "+}" : "}");
        message = lined(message, line, secret);
        if (!unasked) {
          message.writeTo(client);
          responses.awaitGoAhead(tag, command.toString());
          message = Message.of();
        }
        message = withLiteral(message, literal, length, part.secret());
        line.setLength(0);
        secret = false;
      }
    }
    lined(message, line, secret).writeTo(client);
    return tag;
  }

  private static Message lined(Message message, StringBuilder line, boolean secret) {
    return secret ? message.secretLine(line.toString()) : message.line(line.toString());
  }

  private static long length(ImapCommand.Literal literal) throws IOException {
    byte[] bytes = literal.bytes();
    Content content = literal.content();
    long length = bytes != null ? bytes.length : content == null ? 0 : content.length();
    if (length == Content.UNKNOWN) {
      throw new IllegalArgumentException(
          "a literal is announced by its length, and that of this content is not known");
    }
    return length;
  }

  private boolean goesUnasked(long length) {
    return length <= ImapClient.MAX_UNASKED_LITERAL
        && (responses.capabilities().has("LITERAL+")
            || responses.capabilities().has("LITERAL-")
            || responses.isRev2());
  }

  private Message withLiteral(
      Message message, ImapCommand.Literal literal, long length, boolean secret)
      throws IOException {
    byte[] bytes = literal.bytes();
    if (bytes != null) {
      return secret ? message.secretData(bytes) : message.data(bytes);
    }
    message.writeTo(client);
    blocks.write(length, Objects.requireNonNull(literal.content(), "content"));
    return Message.of();
  }
}
