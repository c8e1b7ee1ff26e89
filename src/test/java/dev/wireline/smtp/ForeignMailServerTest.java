package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.imap.FetchedMail;
import dev.wireline.imap.FlagChange;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapEvent;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Search;
import dev.wireline.line.Content;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Exception;
import dev.wireline.pop3.Pop3Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SMTP in, IMAP and POP3 out, with a server of other people in this JVM, for builds without those of Debian. */
@Timeout(60)
class ForeignMailServerTest {
  private static final String PASSWORD = "open sesame";

  private static GreenMail server;

  @BeforeAll
  static void start() {
    server = new GreenMail(new ServerSetup[] {setup("smtp"), setup("pop3"), setup("imap")});
    server.start();
    for (String user : List.of("joe", "ann", "bob")) {
      server.setUser(user + "@mail.test", user, PASSWORD);
    }
  }

  private static ServerSetup setup(String protocol) {
    return new ServerSetup(0, "127.0.0.1", protocol);
  }

  @AfterAll
  static void end() {
    server.stop();
  }

  private static SmtpClient smtp() {
    return new SmtpClient(
        Endpoint.tcp("127.0.0.1", server.getSmtp().getPort()), SmtpOptions.standard());
  }

  private static Pop3Client pop3(String user) throws IOException {
    Pop3Client mailbox = new Pop3Client(
        Endpoint.tcp("127.0.0.1", server.getPop3().getPort()), Pop3Options.standard());
    mailbox.login(user, PASSWORD);
    return mailbox;
  }

  private static ImapClient imap(String user) throws IOException {
    ImapClient mail = new ImapClient(
        Endpoint.tcp("127.0.0.1", server.getImap().getPort()), ImapOptions.standard());
    mail.login(user, PASSWORD);
    mail.select("INBOX");
    return mail;
  }

  private static String sent(byte[] received) {
    String all = new String(received, US_ASCII);
    return all.substring(all.indexOf("Subject: "));
  }

  private static List<String> generated() {
    Random random = new Random(1);
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder("Subject: mail " + i + "\r\n\r\n");
      for (int lines = random.nextInt(8); lines > 0; lines--) {
        text.append(".".repeat(random.nextInt(3)));
        text.append("x".repeat(random.nextInt(4) == 0 ? random.nextInt(900) : 0));
        text.append("\r\n");
      }
      mails.add(text.append("end\r\n").toString());
    }
    return mails;
  }

  @Test
  void mailsArriveByteForByte() throws IOException {
    List<String> mails = generated();
    try (SmtpClient out = smtp()) {
      out.login("joe", PASSWORD);
      for (String mail : mails) {
        out.send("joe@mail.test", List.of("joe@mail.test"), Content.of(mail)).orThrow();
      }
      out.quit();
    }

    List<String> byImap = new ArrayList<>();
    try (ImapClient mail = imap("joe")) {
      mail.fetch(
          MessageSet.all(),
          each -> byImap.add(sent(each.section("").orElseThrow())),
          "BODY.PEEK[]");
      mail.quit();
    }
    List<String> byPop3 = new ArrayList<>();
    try (Pop3Client mailbox = pop3("joe")) {
      for (int number : mailbox.uids().keySet()) {
        byPop3.add(sent(mailbox.retrieve(number).bytes()));
      }
      mailbox.quit();
    }
    // It keeps the end of the last line for POP3 alone.
    assertThat(byImap).map(mail -> mail + "\r\n").containsExactlyElementsOf(mails);
    assertThat(byPop3).containsExactlyElementsOf(mails);
  }

  @Test
  void aMailWithAFileIsATree() throws IOException {
    MailMessage message = MailMessage.builder()
        .from("J\u00FCrgen", "joe@mail.test")
        .to("ann@mail.test")
        .subject("Gr\u00FC\u00DFe")
        .text("\u00DCbung\n.\n")
        .attach("\u00C4.bin", Content.of(new byte[] {0, 13, 10, -1}), "application/octet-stream")
        .build();
    try (SmtpClient out = smtp()) {
      out.send(message).orThrow();
      out.quit();
    }

    try (ImapClient mail = imap("ann")) {
      MessageSet found = mail.search(Search.all().key("UNSEEN"));
      FetchedMail got = mail.fetch(found, "ENVELOPE", "BODYSTRUCTURE", "FLAGS").get(0);
      assertThat(got.envelope().orElseThrow().from().get(0).email()).isEqualTo("joe@mail.test");
      assertThat(got.structure().orElseThrow().parts()).hasSize(2);
      assertThat(mail.section(got.uid().orElseThrow(), "2").text().strip()).isEqualTo("AA0K/w==");
      mail.store(found, FlagChange.add("\\Seen"));
      assertThat(mail.search(Search.all().key("UNSEEN")).isEmpty()).isTrue();
    }
  }

  @Test
  void aWatcherHearsOfNewMailAndDeletesIt() throws IOException {
    try (ImapClient watcher = imap("bob");
        SmtpClient out = smtp()) {
      out.send("joe@mail.test", List.of("bob@mail.test"), Content.of("Subject: new\n\nhello\n"))
          .orThrow();
      ImapEvent event;
      do {
        event = watcher.next(Duration.ofSeconds(30)).orElseThrow();
      } while (event.kind() != ImapEvent.Kind.EXISTS);
      assertThat(event.number()).isEqualTo(1);
    }
    try (Pop3Client mailbox = pop3("bob")) {
      assertThat(mailbox.stat().count()).isEqualTo(1);
      mailbox.delete(1);
      mailbox.quit();
    }
    try (Pop3Client mailbox = pop3("bob")) {
      assertThat(mailbox.stat().count()).isZero();
      assertThatExceptionOfType(Pop3Exception.class).isThrownBy(() -> mailbox.retrieve(1));
    }
  }
}
