package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.Replies;
import java.io.IOException;

/** The beginnings of an NNTP client that compresses (RFC 8054). */
final class News extends LineClient {
  private final Replies replies = Replies.of(this);

  News(Endpoint endpoint) {
    super(endpoint);
  }

  // docs: compress
  public void compress() throws IOException {
    exchange(() -> {
      writeLine("COMPRESS DEFLATE");
      replies.expect(206);
      layer(new Deflate());
      return true;
    });
  }
  // end: compress
}
