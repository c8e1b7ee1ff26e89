package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Content;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.Outgoing;
import dev.wireline.line.Replies;
import java.io.IOException;

/** The part of SMTP that hands a message over. Not thread-safe; close() may be called from any thread. */
final class Outbox extends LineClient {
  private final Replies replies = Replies.of(this);
  private final DotBlocks texts = DotBlocks.of(this);

  Outbox(Endpoint endpoint) {
    super(endpoint);
  }

  // docs: outbox-content
  /** Sends a message. If its content fails, the server has none. */
  public void send(Content message) throws IOException {
    exchange(() -> {
      writeLine("DATA");
      replies.expect(354);
      texts.write(message);
      return replies.expect(250);
    });
  }

  // end: outbox-content

  // docs: outbox-stream
  /** Begins a message that the caller writes and finishes. */
  public Outgoing send() throws IOException {
    return openOutgoing(
        () -> {
          writeLine("DATA");
          replies.expect(354);
          return texts.write();
        },
        whole -> replies.expect(250));
  }
  // end: outbox-stream
}
