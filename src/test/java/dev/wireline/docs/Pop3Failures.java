package dev.wireline.docs;

import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;

/** The failures of POP3. */
final class Pop3Failures {
  private static final String SCRIPT = """
      S: +OK hello
      C: CAPA
      S: +OK
      S: UIDL
      S: .
      C: STAT
      S: -ERR [IN-USE] mailbox locked
      """;

  private Pop3Failures() {}

  static List<Failure> all() {
    return List.of(new Failure("A POP3 server says no", Pop3Failures::refused));
  }

  private static void refused() throws IOException {
    try (var server = ScriptedServer.play(SCRIPT);
        var mailbox = new Pop3Client(server.endpoint(), Pop3Options.standard())) {
      mailbox.stat();
    }
  }
}
