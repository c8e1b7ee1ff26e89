package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.imap.BodyPart;
import dev.wireline.imap.Copied;
import dev.wireline.imap.FetchedMail;
import dev.wireline.imap.FlagChange;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapEvent;
import dev.wireline.imap.ImapException;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.Mailbox;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.NoSuchSectionException;
import dev.wireline.imap.Search;
import dev.wireline.imap.Selected;
import dev.wireline.line.Content;
import dev.wireline.net.Dialer;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** IMAP with dovecot. */
@Tag("interop")
@Timeout(120)
class DovecotImapTest {
  private static final String MIXED = """
      From: "Ann" <ann@example.net>
      To: joe@example.org
      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
      Message-ID: <1@example.net>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8

      hello
      --b
      Content-Type: message/rfc822

      Subject: inner
      Content-Type: multipart/alternative; boundary=c

      --c

      one
      --c
      Content-Type: text/html

      <p>two
      --c--
      --b
      Content-Type: application/pdf; name="a.pdf"
      Content-Disposition: attachment; filename="a \\"b\\".pdf"
      Content-Transfer-Encoding: base64

      aGVsbG8=
      --b--
      """.replace("\n", "\r\n");

  private static final String USER = "zoe";

  private static Dovecot server;

  @BeforeAll
  static void start() throws IOException {
    server = Dovecot.start();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static ImapClient client(Endpoint endpoint) {
    Dialer dialer = server.options().dialer();
    return new ImapClient(
        endpoint,
        ImapOptions.builder()
            .line(ImapOptions.standard().line().toBuilder().dialer(dialer).build())
            .build());
  }

  /** A client that is logged in, and a mailbox of the test's own. */
  private static ImapClient login(String mailbox) throws IOException {
    ImapClient mail = client(server.imap());
    mail.login(USER, Dovecot.PASSWORD);
    mail.create(mailbox);
    return mail;
  }

  static Stream<Sasl> mechanisms() {
    String user = USER;
    String password = Dovecot.PASSWORD;
    return Stream.of(
        Sasl.plain(user, password),
        Sasl.login(user, password),
        Sasl.cramMd5(user, password),
        Sasl.scramSha1(user, password),
        Sasl.scramSha256(user, password));
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void logsIn(Sasl mechanism) throws IOException {
    try (ImapClient mail = client(server.imaps())) {
      mail.login(mechanism);

      assertThat(mail.capabilities().has("IDLE")).isTrue();
      mail.quit();
    }
  }

  @Test
  void isToldThatAPasswordIsWrong() throws IOException {
    try (ImapClient mail = client(server.imap())) {
      assertThatExceptionOfType(ImapException.class)
          .isThrownBy(() -> mail.login(USER, "wrong"))
          .satisfies(e -> assertThat(e.responseCode()).contains("AUTHENTICATIONFAILED"));
      mail.login(USER, Dovecot.PASSWORD);
    }
  }

  @Test
  void getsBackWhatItPutIn() throws IOException {
    Random random = new Random(20_261_128);
    try (ImapClient mail = login("round")) {
      Selected selected = mail.select("round");
      for (int i = 0; i < 200; i++) {
        byte[] message = message(random, i);
        Copied placed = mail.append("round", Content.of(message)).orElseThrow();
        long uid = placed.to().stream().findFirst().orElseThrow();

        assertThat(placed.uidValidity()).isEqualTo(selected.uidValidity());
        mail.noop();
        assertThat(mail.section(uid, "").bytes()).isEqualTo(message);
      }
      List<FetchedMail> all = new ArrayList<>();
      mail.fetch(MessageSet.all(), all::add, "RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[]");
      assertThat(all)
          .hasSize(200)
          .allMatch(each -> each.size().orElse(-1) == each.section("").orElseThrow().length);
    }
  }

  private static byte[] message(Random random, int number) {
    StringBuilder text = new StringBuilder("Subject: " + number + "\r\n\r\n");
    for (int line = random.nextInt(30); line > 0; line--) {
      text.append(line % 3 == 0 ? "." : "");
      random
          .ints(random.nextInt(number % 10 == 0 ? 3000 : 90), 32, 256)
          .forEach(c -> text.append((char) c));
      text.append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void readsAMessageAsATree() throws IOException {
    try (ImapClient mail = login("tree")) {
      mail.append("tree", Content.of(MIXED), "\\Seen", "$Tree");
      mail.select("tree");
      FetchedMail found = mail.fetch(
              MessageSet.all(), "FLAGS", "ENVELOPE", "BODYSTRUCTURE", "INTERNALDATE", "MODSEQ")
          .get(0);

      assertThat(found.flags().orElseThrow()).contains("\\Seen", "$Tree");
      assertThat(found.envelope().orElseThrow().subject()).isEqualTo("=?utf-8?q?Gr=C3=BC=C3=9Fe?=");
      assertThat(found.envelope().orElseThrow().from().get(0).email()).isEqualTo("ann@example.net");
      assertThat(found.modSeq().orElse(0)).isPositive();
      BodyPart tree = found.structure().orElseThrow();
      assertThat(tree.all().map(part -> part.section() + " " + part.type()))
          .containsExactly(
              " multipart/mixed",
              "1 text/plain",
              "2 message/rfc822",
              "2 multipart/alternative",
              "2.1 text/plain",
              "2.2 text/html",
              "3 application/pdf");
      BodyPart file = tree.parts().get(2);
      assertThat(file.filename()).contains("a \"b\".pdf");
      long uid = found.uid().orElseThrow();
      assertThat(mail.section(uid, file.section()).text().strip()).isEqualTo("aGVsbG8=");
      assertThat(mail.section(uid, "2.2").text()).startsWith("<p>two");
      assertThat(mail.section(uid, "", 3, 7).text()).isEqualTo(MIXED.substring(3, 10));
      assertThatExceptionOfType(NoSuchSectionException.class)
          .isThrownBy(() -> mail.section(uid + 1, ""));
    }
  }

  @Test
  void keepsHouse() throws IOException {
    try (ImapClient mail = login("Entwürfe & mehr")) {
      mail.create("house");
      for (int i = 0; i < 5; i++) {
        mail.append("Entwürfe & mehr", Content.of("Subject: m" + i + "\r\n\r\nGrüße\r\n"));
      }
      assertThat(mail.list("*")).extracting(Mailbox::name).contains("Entwürfe & mehr");
      assertThat(mail.list("Sent").get(0).has("\\Sent")).isTrue();
      assertThat(mail.namespaces().personal().get(0).delimiter()).contains("/");
      assertThat(mail.status("Entwürfe & mehr").messages()).isEqualTo(5);
      Selected selected = mail.select("Entwürfe & mehr");
      assertThat(selected.exists()).isEqualTo(5);
      long modSeq = selected.highestModSeq().orElseThrow();
      MessageSet found = mail.search(Search.all().text("BODY", "grüße").key("UNSEEN"));
      assertThat(found.size()).isEqualTo(5);
      assertThat(mail.store(found, FlagChange.add("\\Seen")).isEmpty()).isTrue();
      assertThat(mail.store(found, FlagChange.add("\\Flagged").unchangedSince(modSeq)))
          .isEqualTo(found);
      assertThat(mail.search(Search.all().key("UNSEEN")).isEmpty()).isTrue();
      List<FetchedMail> changed = new ArrayList<>();
      mail.fetchChanged(MessageSet.all(), modSeq, changed::add, "FLAGS");
      assertThat(changed).hasSize(5);
      long first = found.stream().min().orElseThrow();
      Copied copied = mail.copy(MessageSet.uids(first), "house").orElseThrow();
      assertThat(copied.from()).isEqualTo(MessageSet.uids(first));
      assertThat(mail.move(MessageSet.uids(first + 1), "house")).isPresent();
      mail.store(MessageSet.uids(first), FlagChange.add("\\Deleted"));
      mail.expunge(MessageSet.uids(first));
      assertThat(mail.examine("house").exists()).isEqualTo(2);
      assertThat(mail.examine("house").isReadOnly()).isTrue();
      assertThatExceptionOfType(ImapException.class)
          .isThrownBy(() -> mail.select("nowhere"))
          .satisfies(e -> assertThat(e.responseCode()).isNotNull());
      mail.quit();
    }
  }

  @Test
  void hearsOfNewMail() throws IOException {
    try (ImapClient watcher = login("watched");
        ImapClient sender = login("watched2")) {
      watcher.select("watched");
      sender.append("watched", Content.of("Subject: new\r\n\r\n"));

      assertThat(exists(watcher)).isEqualTo(1);
      sender.append("watched", Content.of("Subject: newer\r\n\r\n"));
      assertThat(exists(watcher)).isEqualTo(2);
    }
  }

  private static long exists(ImapClient watcher) throws IOException {
    while (true) {
      ImapEvent event = watcher.next(Duration.ofSeconds(60)).orElseThrow();
      if (event.kind() == ImapEvent.Kind.EXISTS) {
        return event.number();
      }
    }
  }

  @Test
  void enablesUtf8WhereItIsOffered() throws IOException {
    try (ImapClient mail = client(server.imaps())) {
      mail.login(USER, Dovecot.PASSWORD);

      assertThat(mail.enable("CONDSTORE")).isEqualTo(Set.of("CONDSTORE"));
    }
  }
}
