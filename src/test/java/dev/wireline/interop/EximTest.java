package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.TlsException;
import dev.wireline.imap.FetchedMail;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapEvent;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Selected;
import dev.wireline.line.Content;
import dev.wireline.net.ConnectionState;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.sasl.Sasl;
import dev.wireline.smtp.Delivery;
import dev.wireline.smtp.DeliveryNotice;
import dev.wireline.smtp.Envelope;
import dev.wireline.smtp.MailMessage;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpException;
import dev.wireline.smtp.SmtpExtensionException;
import dev.wireline.smtp.SmtpOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SMTP with Exim, whose mail goes on by LMTP to Dovecot and comes out of that by IMAP and POP3. */
@Tag("interop")
@Timeout(180)
class EximTest {
  private static final int GENERATED = 200;
  private static final int LONGEST_LINE = 998;
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String JOE = "joe@mail.test";

  private static Dovecot boxes;
  private static Exim server;

  @BeforeAll
  static void start() throws IOException {
    boxes = Dovecot.start();
    server = Exim.start(boxes.lmtp());
  }

  @AfterAll
  static void end() throws IOException {
    try {
      server.close();
    } finally {
      boxes.close();
    }
  }

  private static SmtpClient client(Endpoint endpoint) {
    return new SmtpClient(endpoint, SmtpOptions.builder().line(server.options()).build());
  }

  private static ImapClient imap(String user) throws IOException {
    ImapClient mail = new ImapClient(
        boxes.imap(),
        ImapOptions.builder()
            .line(ImapOptions.standard().line().toBuilder()
                .dialer(boxes.options().dialer())
                .build())
            .build());
    mail.login(user, Dovecot.PASSWORD);
    return mail;
  }

  private static Pop3Client pop3(String user) throws IOException {
    Pop3Client mailbox =
        new Pop3Client(boxes.pop3(), Pop3Options.builder().line(boxes.options()).build());
    mailbox.login(user, Dovecot.PASSWORD);
    return mailbox;
  }

  /** What an envelope sends, which arrives as it is but for what the servers put in front. */
  private static Content mail(String subject) {
    return Content.of("Subject: " + subject + "\r\n\r\nhello\r\n");
  }

  /** Waits until so many mails have arrived. */
  private static void await(ImapClient mail, Selected selected, long count) throws IOException {
    long there = selected.exists();
    while (there < count) {
      ImapEvent event = mail.next(LONG).orElseThrow();
      there = event.kind() == ImapEvent.Kind.EXISTS ? event.number() : there;
    }
  }

  // ---- round trips

  /** Mails with whatever lines there can be: of dots, of full length, empty, with 8 bits, and with odd ends. */
  private static List<byte[]> generated() {
    Random random = new Random(47_11);
    List<byte[]> mails = new ArrayList<>();
    for (int i = 0; i < GENERATED; i++) {
      StringBuilder text = new StringBuilder("Subject: mail " + i + ".\r\n");
      text.append(i % 10 == 0 ? "" : "\r\n");
      for (int lines = i % 10 == 0 ? 0 : random.nextInt(12); lines > 0; lines--) {
        line(random, text);
      }
      text.append(random.nextInt(5) == 0 && i % 10 != 0 ? "no end" : "");
      mails.add(text.toString().getBytes(ISO_8859_1));
    }
    return mails;
  }

  private static void line(Random random, StringBuilder text) {
    int dots = random.nextInt(3);
    int length = switch (random.nextInt(4)) {
      case 0 -> random.nextInt(LONGEST_LINE - 2);
      case 1 -> LONGEST_LINE - dots;
      default -> random.nextInt(3);
    };
    text.append(".".repeat(dots));
    for (; length > 0; length--) {
      text.append(
          (char) (random.nextBoolean() ? 0x20 + random.nextInt(0x5f) : 0x80 + length % 128));
    }
    text.append(List.of("\r\n", "\r\n", "\n", "\r").get(random.nextInt(4)));
  }

  /** As it leaves: every line ends in CRLF, the last one too. */
  private static String asSent(byte[] mail) {
    String lines = new String(mail, ISO_8859_1)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace("\n", "\r\n");
    return lines.endsWith("\r\n") ? lines : lines + "\r\n";
  }

  /** Everything after what the servers put in front, by the number in its subject. */
  private static void sort(byte[] received, Map<Integer, String> into) {
    String all = new String(received, ISO_8859_1);
    int start = all.indexOf("Subject: mail ");
    assertThat(all.substring(0, start).lines())
        .allMatch(line -> line.startsWith("Return-Path:")
            || line.startsWith("Delivered-To:")
            || line.startsWith("Received:")
            || line.startsWith("\t"));
    String sent = all.substring(start);
    into.put(Integer.parseInt(sent.substring(14, sent.indexOf('.'))), sent);
  }

  private static void sendAll(List<byte[]> mails, String to) throws IOException {
    List<Endpoint> ways = List.of(server.smtp(), server.bare());
    for (int way = 0; way < 2; way++) {
      try (SmtpClient mail = client(ways.get(way))) {
        for (int i = way; i < mails.size(); i += 2) {
          byte[] bytes = mails.get(i);
          Content content =
              i % 4 < 2 ? Content.of(bytes) : Content.of(new ByteArrayInputStream(bytes));
          mail.send("", List.of(to), content).orThrow();
        }
        mail.quit();
      }
    }
  }

  @Test
  void twoHundredMailsArriveByteForByte() throws IOException {
    List<byte[]> mails = generated();
    Map<Integer, String> expected = new TreeMap<>();
    for (int i = 0; i < mails.size(); i++) {
      String sent = asSent(mails.get(i));
      // A mail that ends with its header gets the empty line that ends one.
      expected.put(i, sent.contains("\r\n\r\n") ? sent : sent + "\r\n");
    }
    Map<Integer, String> byImap = new TreeMap<>();
    Map<Integer, String> byPop3 = new TreeMap<>();

    try (ImapClient mail = imap("zoe")) {
      Selected selected = mail.select("INBOX");
      sendAll(mails, "zoe@mail.test");
      await(mail, selected, GENERATED);
      mail.fetch(
          MessageSet.all(), each -> sort(each.section("").orElseThrow(), byImap), "BODY.PEEK[]");
    }
    try (Pop3Client mailbox = pop3("zoe")) {
      for (int number : mailbox.sizes().keySet()) {
        sort(mailbox.retrieve(number).bytes(), byPop3);
      }
    }

    assertThat(byImap).isEqualTo(expected);
    assertThat(byPop3).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aMailOfNothingArrives(String user, Endpoint way) throws IOException {
    try (ImapClient mail = imap(user);
        SmtpClient out = client(way)) {
      Selected selected = mail.select("INBOX");
      out.send("", List.of(user + "@mail.test"), Content.of("")).orThrow();
      await(mail, selected, selected.exists() + 1);

      FetchedMail got = mail.fetch(MessageSet.numbers(selected.exists() + 1), "BODY.PEEK[TEXT]")
          .get(0);
      assertThat(got.section("TEXT").orElseThrow()).isEmpty();
    }
  }

  static Stream<Object[]> ways() {
    return Stream.of(new Object[] {"max", server.smtp()}, new Object[] {"max", server.bare()});
  }

  @Test
  void aMailWithAFileArrives() throws IOException {
    MailMessage message = MailMessage.builder()
        .from("Jürgen \"Joe\"", JOE)
        .to("Ann", "ann@mail.test")
        .subject("Grüße aus Zürich, 你好")
        .text("Übung\n.\n..\nmacht den Meister\n")
        .attach("Ä \"x\".bin", Content.of(new byte[] {0, 13, 10, -1}), "application/octet-stream")
        .build();
    try (ImapClient mail = imap("ann");
        SmtpClient out = client(server.smtp())) {
      Selected selected = mail.select("INBOX");
      out.login(Exim.USER, Exim.PASSWORD);
      out.send(message).orThrow();
      await(mail, selected, 1);

      FetchedMail got =
          mail.fetch(MessageSet.all(), "ENVELOPE", "BODYSTRUCTURE").get(0);
      assertThat(got.structure().orElseThrow().parts().get(1).filename()).contains("Ä \"x\".bin");
      assertThat(got.envelope().orElseThrow().from().get(0).email()).isEqualTo(JOE);
      assertThat(mail.section(got.uid().orElseThrow(), "2").text().strip()).isEqualTo("AA0K/w==");
    }
  }

  // ---- what the server can do

  @Test
  void startsTls() throws IOException {
    try (SmtpClient mail = client(server.smtp())) {
      assertThat(mail.capabilities().names())
          .contains("SIZE", "8BITMIME", "PIPELINING", "CHUNKING", "SMTPUTF8", "DSN", "AUTH");
      assertThat(mail.tlsSession()).isPresent();
      mail.noop();
      mail.quit();
    }
  }

  @Test
  void speaksTlsFromTheFirstByte() throws IOException {
    try (SmtpClient mail = client(server.smtps())) {
      mail.login(Exim.USER, Exim.PASSWORD);
      mail.quit();
    }
  }

  @Test
  void trustsNoStranger() {
    try (SmtpClient mail = new SmtpClient(server.smtp(), SmtpOptions.standard())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(mail::noop);
    }
  }

  static Stream<Sasl> mechanisms() {
    return Stream.of(
        Sasl.plain(Exim.USER, Exim.PASSWORD),
        Sasl.login(Exim.USER, Exim.PASSWORD),
        Sasl.cramMd5(Exim.USER, Exim.PASSWORD));
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void logsInByEachMechanism(Sasl mechanism) throws IOException {
    try (SmtpClient mail = client(server.smtp())) {
      mail.login(mechanism);
      // Nobody else may send abroad.
      assertThat(mail.send(JOE, List.of("ann@far.test"), mail("abroad")).refused())
          .isEmpty();
      mail.quit();
    }
  }

  @Test
  void staysUsableAfterAWrongPassword() throws IOException {
    try (SmtpClient mail = client(server.smtp())) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.login(Exim.USER, "wrong"))
          .satisfies(no -> assertThat(no.code()).isEqualTo(535));
      mail.login(Exim.USER, Exim.PASSWORD);
    }
  }

  static Stream<Endpoint> clear() {
    return Stream.of(server.smtp(), server.bare());
  }

  @ParameterizedTest
  @MethodSource("clear")
  void hearsWhoIsRefused(Endpoint endpoint) throws IOException {
    try (SmtpClient mail = client(endpoint)) {
      List<String> to =
          List.of("nobody@mail.test", "bob@mail.test", "busy@mail.test", "x@far.test");
      Delivery delivery = mail.send("", to, mail("some"));

      assertThat(delivery.accepted()).containsExactly("bob@mail.test");
      assertThat(delivery.refused().keySet()).containsExactly(to.get(0), to.get(2), to.get(3));
      SmtpException busy = Objects.requireNonNull(delivery.refused().get(to.get(2)));
      assertThat(busy.code()).isEqualTo(451);
      assertThat(busy.isTransient()).isTrue();
      assertThat(busy.reply().lines()).hasSize(2);
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send("", List.of("nobody@mail.test"), mail("none")));
      assertThat(mail.send("", List.of("bob@mail.test"), mail("after")).refused())
          .isEmpty();
      mail.quit();
    }
  }

  @ParameterizedTest
  @MethodSource("clear")
  void hearsThatAMessageIsTooLong(Endpoint endpoint) throws IOException {
    byte[] lines = "0123456789012345678901234567890123456789\r\n".repeat(30_000).getBytes(UTF_8);
    assertThat(lines).hasSizeGreaterThan(Exim.MAX_BYTES);
    try (SmtpClient mail = client(endpoint)) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send("", List.of("bob@mail.test"), Content.of(lines)))
          .satisfies(no -> assertThat(no.code()).isEqualTo(552))
          .satisfies(no -> assertThat(no.command().orElse("")).contains("SIZE=1260000"));
      mail.noop();
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() ->
              mail.send("", List.of("bob@mail.test"), Content.of(new ByteArrayInputStream(lines))))
          .satisfies(no -> assertThat(no.code()).isEqualTo(552));
    }
  }

  @Test
  void sendsWhatIsNotAscii() throws IOException {
    Envelope envelope = Envelope.of(JOE, List.of("jürgen@mail.test"));
    try (SmtpClient mail = client(server.smtp())) {
      assertThat(mail.send(envelope, Content.of("Subject: Grüße\r\n\r\nÜ\r\n")).refused())
          .isEmpty();
      mail.quit();
    }
    try (SmtpClient mail = client(server.bare())) {
      assertThatExceptionOfType(SmtpExtensionException.class)
          .isThrownBy(() -> mail.send(envelope, mail("x")))
          .satisfies(no -> assertThat(no.extension()).isEqualTo("SMTPUTF8"));
    }
  }

  @Test
  void asksForANotice() throws IOException {
    Envelope envelope = Envelope.of("eve@mail.test", List.of("bob@mail.test"))
        .withNotices(DeliveryNotice.SUCCESS)
        .withId("id+7", false);
    try (ImapClient mail = imap("eve");
        SmtpClient out = client(server.smtp())) {
      Selected selected = mail.select("INBOX");
      out.send(envelope, mail("noticed")).orThrow();
      await(mail, selected, 1);

      assertThat(mail.section(firstUid(mail), "").text())
          .contains("bob@mail.test")
          .contains("Original-Envelope-ID: id");
    }
  }

  private static long firstUid(ImapClient mail) throws IOException {
    return mail.fetch(MessageSet.all(), "FLAGS").get(0).uid().orElseThrow();
  }

  @Test
  void saysWhatTheServerDoesNotOffer() throws IOException {
    Envelope secret = Envelope.of(JOE, List.of("bob@mail.test")).withRequiredTls();
    try (SmtpClient mail = client(server.smtps())) {
      assertThatExceptionOfType(SmtpExtensionException.class)
          .isThrownBy(() -> mail.send(secret, mail("x")))
          .satisfies(no -> assertThat(no.extension()).isEqualTo("REQUIRETLS"));
    }
  }

  @Test
  void keepsTheNoAfterWhichTheServerHangsUp() throws IOException {
    try (SmtpClient mail = client(server.smtp())) {
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> mail.send("evil@mail.test", List.of(JOE), mail("x")))
          .satisfies(cut -> assertThat(cut.getSuppressed()[0])
              .isInstanceOfSatisfying(
                  SmtpException.class, no -> assertThat(no.enhancedCode()).contains("5.7.1")));
    }
  }

  @Test
  void hearsThatTheServerHangsUp() throws IOException {
    try (SmtpClient mail = client(server.smtp())) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send("closed@mail.test", List.of(JOE), mail("x")))
          .satisfies(no -> assertThat(no.code()).isEqualTo(421));
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }
}
