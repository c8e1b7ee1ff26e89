package dev.wireline.docs;

import dev.wireline.line.Content;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;

/** The failures of SMTP. */
final class SmtpFailures {
  private static final String HELLO = """
      S: 220 hello
      C: EHLO [127.0.0.1]
      S: 250 mail.example
      """;

  private static final String REFUSED = HELLO + """
      C: MAIL FROM:<joe@example.org>
      S: 250 ok
      C: RCPT TO:<ann@example.net>
      S: 550 5.1.1 no such user
      """;

  private SmtpFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("An SMTP server says no", () -> send(REFUSED, "hello")),
        new Failure("An SMTP server cannot take a mail", () -> send(HELLO, "\u00FC")));
  }

  private static void send(String script, String text) throws IOException {
    try (var server = ScriptedServer.play(script);
        var mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      mail.send("joe@example.org", List.of("ann@example.net"), Content.of("\n" + text));
    }
  }
}
