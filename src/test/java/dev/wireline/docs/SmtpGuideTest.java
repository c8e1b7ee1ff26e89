package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.Content;
import dev.wireline.smtp.Delivery;
import dev.wireline.smtp.DeliveryNotice;
import dev.wireline.smtp.Envelope;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/smtp.md. */
@Timeout(60)
class SmtpGuideTest {
  private static final String LOGIN = """
      S: 220 mail.test ESMTP
      C: EHLO [127.0.0.1]
      S: 250-mail.test
      S: 250-AUTH PLAIN
      S: 250 DSN
      C: AUTH PLAIN AGpvZQBvcGVuIHNlc2FtZQ==
      S: 235 welcome
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  private final String password = "open sesame";
  private final Content message = Content.of("Subject: hello\n\nGood morning\n");

  @Test
  void sends() throws IOException {
    String script = LOGIN + """
        C: MAIL FROM:<joe@example.org>
        S: 250 ok
        C: RCPT TO:<ann@example.net>
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 450 4.2.1 mailbox busy
        C: DATA
        S: 354 go on
        C: Subject: hello
        C:
        C: Good morning
        C: .
        S: 250 taken
        C: QUIT
        S: 221 bye
        """;
    try (var played = ScriptedServer.play(script)) {
      String server = played.endpoint().toString();

      // docs: smtp-start
      try (var mail = new SmtpClient(server)) {
        mail.login("joe", password);
        Delivery delivery =
            mail.send("joe@example.org", List.of("ann@example.net", "bob@example.net"), message);
        delivery
            .refused()
            .forEach((address, no) ->
                System.out.println(address + " " + no.code() + " again: " + no.isTransient()));
        mail.quit();
      }
      // end: smtp-start

      played.verify();
    }
    assertThat(printed.lines()).containsExactly("bob@example.net 450 again: true");
  }

  @Test
  void asksForANotice() throws IOException {
    String script = LOGIN + """
        C: MAIL FROM:<joe@example.org> RET=HDRS ENVID=order-7
        S: 250 ok
        C: RCPT TO:<ann@example.net> NOTIFY=SUCCESS,FAILURE
        S: 250 ok
        C: DATA
        S: 354 go on
        C: Subject: hello
        C:
        C: Good morning
        C: .
        S: 250 taken
        """;
    try (var server = ScriptedServer.play(script);
        var mail = new SmtpClient(server.endpoint().toString())) {
      mail.login("joe", password);

      // docs: smtp-envelope
      Envelope envelope = Envelope.of("joe@example.org", List.of("ann@example.net"))
          .withNotices(DeliveryNotice.SUCCESS, DeliveryNotice.FAILURE)
          .withId("order-7", false);
      mail.send(envelope, message).orThrow();
      // end: smtp-envelope

      server.verify();
    }
  }
}
