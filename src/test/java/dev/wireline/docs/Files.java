package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.line.LineClient;
import dev.wireline.line.Replies;
import dev.wireline.net.Acceptor;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;

/** The beginnings of an FTP client (RFC 959, RFC 2428). */
final class Files extends LineClient {
  private static final int MAX_BYTES = 1 << 20;

  private final Replies replies = Replies.of(this);
  private final boolean secured;

  Files(Endpoint endpoint) {
    super(endpoint);
    this.secured = endpoint.isTls();
  }

  private int passivePort() throws IOException {
    writeLine("EPSV");
    String text = replies.expect(229).text();
    int end = text.lastIndexOf('|');
    return Integer.parseInt(text.substring(text.lastIndexOf('|', end - 1) + 1, end));
  }

  // docs: retrieve
  public byte[] retrieve(String file) throws IOException {
    return exchange(() -> {
      byte[] content;
      try (Wire data = companion(passivePort())) {
        writeLine("RETR " + file);
        replies.expect(150);
        if (secured) {
          data.startTls();
        }
        content = data.input().readToEnd(MAX_BYTES, Deadline.NEVER, Activity.READING);
      }
      replies.expect(226);
      return content;
    });
  }
  // end: retrieve

  // docs: store
  public void store(String file, byte[] content) throws IOException {
    exchange(() -> {
      try (Acceptor acceptor = listen()) {
        writeLine("EPRT |1|127.0.0.1|" + acceptor.address().getPort() + "|");
        replies.expect(200);
        writeLine("STOR " + file);
        replies.expect(150);
        try (Wire data = acceptor.accept()) {
          data.output().write(content);
        }
      }
      return replies.expect(226);
    });
  }
  // end: store
}
