package dev.wireline.docs;

import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapOptions;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;

/** The failures of IMAP. */
final class ImapFailures {
  private static final String GREETING = "S: * OK [CAPABILITY IMAP4rev1] hello\n";

  private ImapFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("An IMAP server says no", () -> select("A1 NO [NONEXISTENT] no such mailbox")),
        new Failure("An IMAP server hangs up", () -> select("* BYE down for a minute")),
        new Failure("A message is gone", ImapFailures::gone));
  }

  private static void select(String answer) throws IOException {
    try (var server = ScriptedServer.play(GREETING + "C: A1 SELECT \"Sent\"\nS: " + answer + "\n");
        var mail = new ImapClient(server.endpoint(), ImapOptions.standard())) {
      mail.select("Sent");
    }
  }

  private static void gone() throws IOException {
    String script = GREETING + "C: A1 UID FETCH 7 (UID BODY.PEEK[])\nS: A1 OK done\n";
    try (var server = ScriptedServer.play(script);
        var mail = new ImapClient(server.endpoint(), ImapOptions.standard())) {
      mail.section(7, "");
    }
  }
}
