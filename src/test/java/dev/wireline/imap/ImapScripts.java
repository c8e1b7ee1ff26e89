package dev.wireline.imap;

import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.ScriptedServer;
import java.time.Duration;

/** What the tests of IMAP have in common. */
final class ImapScripts {
  static final String GREETING = """
      S: * OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ UIDPLUS MOVE CONDSTORE ENABLE NAMESPACE] hello
      """;

  private ImapScripts() {}

  interface Use {
    void of(ImapClient mail) throws Exception;
  }

  static void play(String script, Use use) throws Exception {
    play(ImapOptions.standard(), script, use);
  }

  static void play(ImapOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(script);
        var mail = new ImapClient(server.endpoint(), options)) {
      use.of(mail);
      server.verify();
    }
  }

  static ImapOptions hurried() {
    Duration quarter = Duration.ofMillis(250);
    Dialer dialer = Dialer.builder().silenceTimeout(quarter).tlsTimeout(quarter).build();
    LineOptions line = ImapOptions.standard().line();
    return ImapOptions.builder()
        .line(line.toBuilder()
            .dialer(dialer)
            .transferTimeout(quarter)
            .maxLineBytes(65_536)
            .build())
        .maxResponses(1000)
        .build();
  }
}
