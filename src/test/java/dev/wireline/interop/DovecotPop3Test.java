package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.TlsException;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Exception;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.sasl.Sasl;
import dev.wireline.smtp.Delivery;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** POP3 with Dovecot, whose mail comes by LMTP. */
@Tag("interop")
@Timeout(120)
class DovecotPop3Test {
  private static final int GENERATED = 200;
  private static final int LONGEST_LINE = 900;

  private static Dovecot server;

  @BeforeAll
  static void start() throws IOException {
    server = Dovecot.start();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Pop3Client pop3(Endpoint endpoint) {
    return new Pop3Client(endpoint, Pop3Options.builder().line(server.options()).build());
  }

  private static Pop3Client pop3(String user) throws IOException {
    Pop3Client mailbox = pop3(server.pop3());
    mailbox.login(user, Dovecot.PASSWORD);
    return mailbox;
  }

  private static void deliver(String user, List<byte[]> mails) throws IOException {
    SmtpOptions options =
        SmtpOptions.builder().lmtp(true).line(server.options()).build();
    try (SmtpClient lmtp = new SmtpClient(server.lmtp(), options)) {
      for (byte[] mail : mails) {
        Delivery delivery = lmtp.send("", List.of(user + "@mail.test"), Content.of(mail));
        delivery.orThrow();
      }
      lmtp.quit();
    }
  }

  private static byte[] mail(String subject, String body) {
    return ("Subject: " + subject + "\r\n\r\n" + body).getBytes(ISO_8859_1);
  }

  /** Mails with whatever lines there can be: of dots, long ones, empty ones, and with 8 bits. */
  private static List<byte[]> generated() {
    Random random = new Random(4711);
    List<byte[]> mails = new ArrayList<>();
    for (int i = 0; i < GENERATED; i++) {
      StringBuilder body = new StringBuilder();
      for (int lines = random.nextInt(12); lines > 0; lines--) {
        body.append(".".repeat(random.nextInt(3)));
        int length = random.nextInt(4) == 0 ? random.nextInt(LONGEST_LINE) : random.nextInt(3);
        for (; length > 0; length--) {
          body.append(
              (char) (random.nextBoolean() ? 0x20 + random.nextInt(0x5f) : 0xa0 + i % 0x50));
        }
        body.append("\r\n");
      }
      mails.add(mail("mail " + i, body.toString()));
    }
    return mails;
  }

  /** Everything after what the server puts in front. */
  private static byte[] sent(byte[] received) {
    String all = new String(received, ISO_8859_1);
    return all.substring(all.indexOf("Subject: ")).getBytes(ISO_8859_1);
  }

  @Test
  void givesTwoHundredMailsBackByteForByte() throws IOException {
    List<byte[]> mails = generated();

    deliver("zoe", mails);

    try (Pop3Client mailbox = pop3("zoe")) {
      assertThat(mailbox.stat().count()).isEqualTo(GENERATED);
      List<String> received = new ArrayList<>();
      for (int number : mailbox.sizes().keySet()) {
        received.add(new String(sent(mailbox.retrieve(number).bytes()), ISO_8859_1));
      }
      assertThat(received)
          .containsExactlyInAnyOrderElementsOf(
              mails.stream().map(mail -> new String(mail, ISO_8859_1)).toList());
    }
  }

  @Test
  void startsTlsAndLogsIn() throws IOException {
    try (Pop3Client mailbox = pop3(server.pop3())) {
      assertThat(mailbox.capabilities().has("UIDL")).isTrue();
      assertThat(mailbox.tlsSession()).isPresent();
      mailbox.login("joe", Dovecot.PASSWORD);
      assertThat(mailbox.stat().count()).isZero();
      mailbox.quit();
    }
  }

  @Test
  void logsInOverTlsFromTheFirstByte() throws IOException {
    try (Pop3Client mailbox = pop3(server.pop3s())) {
      mailbox.login("joe", Dovecot.PASSWORD);
      assertThat(mailbox.sizes()).isEmpty();
      mailbox.quit();
    }
  }

  @Test
  void doesNotStartTlsWithWhomItDoesNotTrust() {
    try (Pop3Client mailbox = new Pop3Client(server.pop3(), Pop3Options.standard())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(mailbox::capabilities);
    }
  }

  @Test
  void logsInByUserAndPassWithoutTls() throws IOException {
    Pop3Options options = Pop3Options.builder()
        .tlsPolicy(TlsPolicy.NEVER)
        .line(LineOptions.standard())
        .build();
    try (Pop3Client mailbox = new Pop3Client(server.pop3(), options)) {
      mailbox.command(Command.of("USER").text("joe"));
      mailbox.command(Command.of("PASS").secretText(Dovecot.PASSWORD));
      assertThat(mailbox.uids()).isEmpty();
      mailbox.quit();
    }
  }

  static Stream<Sasl> mechanisms() {
    return Stream.of(
        Sasl.plain("joe", Dovecot.PASSWORD),
        Sasl.login("joe", Dovecot.PASSWORD),
        Sasl.cramMd5("joe", Dovecot.PASSWORD),
        Sasl.scramSha1("joe", Dovecot.PASSWORD),
        Sasl.scramSha256("joe", Dovecot.PASSWORD));
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void logsInByEachMechanism(Sasl mechanism) throws IOException {
    try (Pop3Client mailbox = pop3(server.pop3())) {
      mailbox.login(mechanism);
      assertThat(mailbox.stat().count()).isZero();
      mailbox.quit();
    }
  }

  @Test
  void logsInByApop() throws IOException {
    Pop3Options options = Pop3Options.builder().tlsPolicy(TlsPolicy.NEVER).build();
    try (Pop3Client mailbox = new Pop3Client(server.pop3(), options)) {
      mailbox.loginApop("joe", Dovecot.PASSWORD);
      assertThat(mailbox.stat().count()).isZero();
      mailbox.quit();
    }
  }

  @Test
  void staysUsableAfterAWrongPassword() throws IOException {
    try (Pop3Client mailbox = pop3(server.pop3())) {
      assertThatExceptionOfType(Pop3Exception.class)
          .isThrownBy(() -> mailbox.login("joe", "wrong"))
          .satisfies(e -> assertThat(e.responseCode()).hasValue("AUTH"));
      mailbox.login("joe", Dovecot.PASSWORD);
      mailbox.quit();
    }
  }

  @Test
  void readsTheStartOfAMail() throws IOException {
    deliver("bob", List.of(mail("start", ".one\r\n..two\r\nthree\r\n")));

    try (Pop3Client mailbox = pop3("bob")) {
      assertThat(sent(mailbox.top(1, 2).bytes())).isEqualTo(mail("start", ".one\r\n..two\r\n"));
      mailbox.quit();
    }
  }

  @Test
  void deletesWhenItQuitsAndNotBefore() throws IOException {
    deliver("ann", List.of(mail("a", "1\r\n"), mail("b", "2\r\n"), mail("c", "3\r\n")));
    try (Pop3Client left = pop3("ann")) {
      left.delete(List.of(1, 2, 3));
      assertThat(left.stat().count()).isZero();
    }
    List<String> before;
    try (Pop3Client mailbox = pop3("ann")) {
      before = List.copyOf(mailbox.uids().values());
      mailbox.delete(List.of(1, 3));
      mailbox.quit();
    }

    try (Pop3Client after = pop3("ann")) {
      assertThat(before).hasSize(3);
      assertThat(after.uids().values()).containsExactly(before.get(1));
      assertThat(after.uid(1)).isEqualTo(before.get(1));
    }
  }
}
