package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Content;
import dev.wireline.smtp.Delivery;
import dev.wireline.smtp.DeliveryNotice;
import dev.wireline.smtp.Envelope;
import dev.wireline.smtp.MailMessage;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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
  void sendsAnAttachment(@TempDir Path folder) throws Exception {
    Path report = Files.write(folder.resolve("résumé.pdf"), new byte[] {1, 2, 3});
    try (Mailbox server = Mailbox.start();
        var mail = new SmtpClient(server.endpoint().toString())) {
      // docs: smtp-attachment
      MailMessage message = MailMessage.builder()
          .from("Joë", "joe@example.org")
          .to("Ann", "ann@example.net")
          .subject("The résumé")
          .text("Here it is.\n")
          .attach(report, "application/pdf")
          .build();
      mail.send(message).orThrow();
      // end: smtp-attachment
      mail.quit();

      MimeMessage read = server.mail();
      MimeMultipart parts = (MimeMultipart) read.getContent();
      assertThat(read.getSubject()).isEqualTo("The résumé");
      assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("Joë");
      assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Here it is.\r\n");
      assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void handsInAMessageOfJakartaMail() throws Exception {
    try (Mailbox server = Mailbox.start();
        var mail = new SmtpClient(server.endpoint().toString())) {
      // docs: smtp-jakarta
      MimeMessage mime = new MimeMessage((Session) null);
      mime.setFrom("joe@example.org");
      mime.setRecipients(Message.RecipientType.TO, "ann@example.net");
      mime.setSubject("hello");
      mime.setText("Good morning");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      mime.writeTo(bytes);
      Content content = Content.of(bytes.toByteArray());
      mail.send("joe@example.org", List.of("ann@example.net"), content).orThrow();
      // end: smtp-jakarta
      mail.quit();

      assertThat(server.mail().getSubject()).isEqualTo("hello");
      assertThat(server.mail().getContent()).isEqualTo("Good morning\r\n");
    }
  }

  @Test
  void sendsATextAsSmtplibDoes() throws Exception {
    String text = "From: joe@example.org\nTo: ann@example.net\n\nGood morning\n";
    try (Mailbox mailbox = Mailbox.start()) {
      String server = mailbox.endpoint().toString();
      // docs: smtplib-sendmail
      try (var mail = new SmtpClient(server)) {
        mail.send("joe@example.org", List.of("ann@example.net"), Content.of(text))
            .orThrow();
        mail.quit();
      }
      // end: smtplib-sendmail

      assertThat(mailbox.mail().getContent()).isEqualTo("Good morning\r\n");
    }
  }

  /** A server that takes one mail. */
  private record Mailbox(PeerServer server, CompletableFuture<String> text)
      implements AutoCloseable {
    static Mailbox start() throws IOException {
      CompletableFuture<String> text = new CompletableFuture<>();
      return new Mailbox(PeerServer.start(peer -> take(peer, text)), text);
    }

    private static void take(PeerConnection peer, CompletableFuture<String> text)
        throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(peer.input(), StandardCharsets.UTF_8));
      peer.write("220 mail.test\r\n");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean data = line.equals("DATA");
        peer.write(data ? "354 go on\r\n" : line.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
        if (data) {
          StringBuilder all = new StringBuilder();
          for (String one = lines.readLine(); !one.equals("."); one = lines.readLine()) {
            all.append(one).append("\r\n");
          }
          text.complete(all.toString());
          peer.write("250 taken\r\n");
        }
      }
    }

    Endpoint endpoint() {
      return server.endpoint();
    }

    MimeMessage mail() throws Exception {
      byte[] bytes = text.get(10, TimeUnit.SECONDS).getBytes(StandardCharsets.UTF_8);
      return new MimeMessage((Session) null, new ByteArrayInputStream(bytes));
    }

    @Override
    public void close() {
      server.close();
    }
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
