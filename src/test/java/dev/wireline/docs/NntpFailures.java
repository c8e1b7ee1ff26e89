package dev.wireline.docs;

import dev.wireline.nntp.NntpClient;
import dev.wireline.nntp.NntpOptions;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;

/** The failures of NNTP. */
final class NntpFailures {
  private static final String SCRIPT = """
      S: 200 hello
      C: CAPABILITIES
      S: 101 what there is
      S: READER
      S: .
      C: GROUP misc.test
      S: 480 Authentication required
      """;

  private NntpFailures() {}

  static List<Failure> all() {
    return List.of(new Failure("A news server wants a login", NntpFailures::refused));
  }

  private static void refused() throws IOException {
    try (var server = ScriptedServer.play(SCRIPT);
        var news = new NntpClient(server.endpoint(), NntpOptions.standard())) {
      news.group("misc.test");
    }
  }
}
