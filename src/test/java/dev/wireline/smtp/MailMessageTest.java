package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.line.Content;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails are made of, as Jakarta Mail reads them. */
@Timeout(60)
class MailMessageTest {
  private static final String LONG =
      "Zw\u00F6lf Boxk\u00E4mpfer \uD83D\uDCE7 ".repeat(20).strip();

  private static MailMessage.Builder mail() {
    return MailMessage.builder().from("joe@example.org").to("ann@example.net");
  }

  private static byte[] bytes(MailMessage mail) throws IOException {
    try (InputStream in = mail.content().open()) {
      return in.readAllBytes();
    }
  }

  /** Parses it, once every line was found to be one that may leave. */
  private static MimeMessage read(MailMessage mail) throws Exception {
    byte[] bytes = bytes(mail);
    String text = new String(bytes, UTF_8);
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 998);
    Properties settings = new Properties();
    settings.put("mail.mime.allowutf8", "true");
    return new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(bytes));
  }

  static Stream<String> texts() {
    return Stream.of(
        "hello",
        "a b  c",
        " a ",
        "=?utf-8?Q?no?=",
        "Gr\u00FC\u00DFe",
        "\uD83D\uDCE7",
        "\"quoted\" \\ and, (more); <x@y>",
        "a word ".repeat(40).strip(),
        "x".repeat(2000),
        "\u00E9".repeat(500),
        LONG);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void keepsTextsOfTheHeader(String text) throws Exception {
    MimeMessage read = read(mail()
        .subject(text)
        .from(text, "joe@example.org")
        .cc(text, "bob@example.net")
        .cc("eve@example.net")
        .header("X-Note", text)
        .build());

    assertThat(read.getSubject()).isEqualTo(text);
    assertThat(read.getFrom()).hasSize(1);
    assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo(text);
    assertThat(((InternetAddress) read.getFrom()[0]).getAddress()).isEqualTo("joe@example.org");
    assertThat(read.getRecipients(RecipientType.CC)).hasSize(2);
    InternetAddress bob = (InternetAddress) read.getRecipients(RecipientType.CC)[0];
    assertThat(bob.getPersonal()).isEqualTo(text);
    assertThat(bob.getAddress()).isEqualTo("bob@example.net");
    assertThat(bytes(mail().subject(text).build())).doesNotContain((byte) 0xC3);
  }

  static Stream<String> bodies() {
    return Stream.of(
        "",
        "hello",
        "hello\n",
        "\n.\n..\nFrom me\n",
        "two  \nblanks \t\n",
        "a=b\n",
        "\u0000\u0001\u007F\n",
        "Gr\u00FC\u00DFe\nund mehr, aber wenig davon\n",
        "\uD83D\uDCE7".repeat(300),
        "x".repeat(5000) + "\n",
        "a " + "\u00E9 very long line of words ".repeat(60) + "\n",
        "--=_boundary\n",
        LONG);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void keepsTheText(String text) throws Exception {
    MimeMessage alone = read(mail().text(text).build());
    MimeMessage first =
        read(mail().text(text).attach("a", Content.of("x"), "text/plain").build());

    String sent = text.replace("\n", "\r\n");
    assertThat(alone.getContentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(alone.getContent()).isEqualTo(sent);
    assertThat(((MimeMultipart) first.getContent()).getBodyPart(0).getContent()).isEqualTo(sent);
  }

  @Test
  void endsEveryLineOfTheTextAlike() throws Exception {
    assertThat(read(mail().text("a\rb\r\nc\nd").build()).getContent())
        .isEqualTo("a\r\nb\r\nc\r\nd");
  }

  @Test
  void keepsAnyText() throws Exception {
    Random random = new Random(2045);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(300); j > 0; j--) {
        text.append("a = \t\n.\u00E9-_".charAt(random.nextInt(10)));
      }
      assertThat(read(mail().text(text.toString()).build()).getContent())
          .isEqualTo(text.toString().replace("\n", "\r\n"));
    }
  }

  @Test
  void choosesTheEncodingByTheText() throws Exception {
    assertThat(read(mail().text("hello").build()).getEncoding()).isEqualTo("7bit");
    assertThat(read(mail().text("caf\u00E9 and much more").build()).getEncoding())
        .isEqualTo("quoted-printable");
    assertThat(read(mail().text("\u4F60\u597D".repeat(9)).build()).getEncoding())
        .isEqualTo("base64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.pdf",
        "a b.pdf",
        "\u00DCbersicht \u4F60\u597D.pdf",
        "quote\"d\\.pdf",
        "a;b=c'd%20*.pdf",
        "=?utf-8?Q?no?=.pdf"
      })
  void keepsNamesOfFiles(String name) throws Exception {
    for (String called : List.of(name, name.repeat(20))) {
      MimeMessage read =
          read(mail().attach(called, Content.of("x"), "application/pdf").build());

      BodyPart part = ((MimeMultipart) read.getContent()).getBodyPart(1);
      assertThat(part.getFileName()).isEqualTo(called);
      assertThat(part.getContentType()).isEqualTo("application/pdf");
      assertThat(part.getDisposition()).isEqualTo(Part.ATTACHMENT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 56, 57, 58, 7295, 7296, 7297, 100_000})
  void keepsTheBytesOfAttachments(int size, @TempDir Path folder) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path file = Files.write(folder.resolve("data.bin"), bytes);

    MimeMessage read = read(mail()
        .text("hello")
        .attach(file, "application/octet-stream")
        .attach("again", Content.of(new ByteArrayInputStream(bytes)), "text/plain; charset=utf-8")
        .build());

    MimeMultipart parts = (MimeMultipart) read.getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.isComplete()).isTrue();
    for (int i = 1; i < 3; i++) {
      assertThat(parts.getBodyPart(i).getInputStream().readAllBytes()).isEqualTo(bytes);
    }
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("data.bin");
  }

  @Test
  void isSentAgainIfItsAttachmentsCan() throws IOException {
    MailMessage again = mail().attach("a", Content.of("x"), "text/plain").build();
    MailMessage once = mail()
        .attach("a", Content.of(new ByteArrayInputStream(new byte[1])), "text/plain")
        .build();

    assertThat(bytes(again)).isEqualTo(bytes(again));
    assertThat(once.content().isRepeatable()).isFalse();
    bytes(once);
    assertThatIllegalStateException().isThrownBy(() -> once.content().length());
  }

  @Test
  void writesTheHeader() throws IOException {
    MailMessage mail = MailMessage.builder()
        .from("Joe \"J\"", "joe@example.org")
        .to("ann@example.net")
        .to("\u00C4nn", "ann@example.net")
        .cc("bob@[192.0.2.1]")
        .bcc("eve@example.com")
        .replyTo("\"joe smith\"@example.org")
        .subject("hello")
        .header("In-Reply-To", "<1@example.net>")
        .date(OffsetDateTime.parse("2026-03-01T10:00:00Z"))
        .text("hi\n")
        .build();

    assertThat(new String(bytes(mail), UTF_8))
        .isEqualTo("""
        Date: Sun, 1 Mar 2026 10:00:00 +0000
        From: "Joe \\"J\\"" <joe@example.org>
        To: ann@example.net,
         =?utf-8?B?w4Rubg==?=
         <ann@example.net>
        Cc: bob@[192.0.2.1]
        Reply-To: "joe smith"@example.org
        Message-ID: %s
        Subject: hello
        In-Reply-To: <1@example.net>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        hi
        """.formatted(mail.id()).replace("\n", "\r\n"));
    assertThat(mail.id()).startsWith("<").endsWith("@example.org>").hasSize(38);
    assertThat(mail.envelope().to())
        .containsExactly("ann@example.net", "bob@[192.0.2.1]", "eve@example.com");
    assertThat(mail)
        .hasToString(mail.id()
            + " from joe@example.org to ann@example.net, bob@[192.0.2.1], eve@example.com");
  }

  @Test
  void hasIdsAndBoundariesOfItsOwn() throws Exception {
    MailMessage.Builder mail = mail().attach("a", Content.of("x"), "text/plain");

    assertThat(mail.build().id()).isNotEqualTo(mail.build().id());
    assertThat(read(mail.build()).getContentType())
        .isNotEqualTo(read(mail.build()).getContentType());
    assertThat(Objects.requireNonNull(read(mail.build()).getSentDate())).isNotNull();
  }

  static Stream<BiFunction<MailMessage.Builder, String, MailMessage.Builder>> texted() {
    return Stream.of(
        (mail, bad) -> mail.subject(bad),
        (mail, bad) -> mail.from(bad, "joe@example.org"),
        (mail, bad) -> mail.to(bad, "joe@example.org"),
        (mail, bad) -> mail.cc(bad, "joe@example.org"),
        (mail, bad) -> mail.from(bad + "@example.org"),
        (mail, bad) -> mail.to("joe@" + bad),
        (mail, bad) -> mail.cc("joe@" + bad),
        (mail, bad) -> mail.bcc("joe@" + bad),
        (mail, bad) -> mail.replyTo("\"" + bad + "\"@example.org"),
        (mail, bad) -> mail.header("X-" + bad, "x"),
        (mail, bad) -> mail.header("X-Note", bad),
        (mail, bad) -> mail.attach(bad, Content.of("x"), "text/plain"),
        (mail, bad) -> mail.attach(Path.of(bad.replace('\0', '\n')), "text/plain"),
        (mail, bad) -> mail.attach("a", Content.of("x"), "text/plain; a=" + bad));
  }

  @ParameterizedTest
  @MethodSource("texted")
  void letsNothingEndALine(BiFunction<MailMessage.Builder, String, MailMessage.Builder> set)
      throws IOException {
    for (String bad : List.of("a\r\nBcc: x", "a\nb", "a\rb", "a\0b", "a\u007Fb", "a\r\n b")) {
      MailMessage.Builder mail = mail();

      assertThatIllegalArgumentException().isThrownBy(() -> set.apply(mail, bad));

      assertThat(new String(bytes(mail.build()), UTF_8)).doesNotContain("\nBcc", "\nX-");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "joe",
        "@example.org",
        "joe@",
        "joe@example.org, eve@example.com",
        "joe@example.org>",
        "a,b@example.org",
        "a;b@example.org",
        "a:b@example.org",
        "(a)b@example.org",
        "a@b@example.org",
        "\"a\"b@example.org",
        "\"a@example.org",
        "joe@exa(mple).org",
        "joe@exam\"p\"le",
        "joe@[1.2.3.4",
        "joe@[]",
        "joe@[a]b]"
      })
  void refusesAnAddressThatIsNone(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> mail().to(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joe+x@example.org",
        "\"joe, smith\"@example.org",
        "\"a\\\"b@c\"@example.org",
        "joe@[IPv6:2001:db8::1]",
        "j\u00F6@ex\u00E4mple.org"
      })
  void takesAnAddress(String address) throws Exception {
    String from = read(mail().from("Joe", address).build()).getHeader("From", null);

    // Not strict: that knows of no address beyond ASCII.
    InternetAddress[] read = InternetAddress.parseHeader(from, false);
    assertThat(read).extracting(InternetAddress::getAddress).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a:b", "From", "bcc", "CONTENT-type", "MIME-Version", "\u00E9"})
  void refusesAFieldThatIsNone(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> mail().header(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "/x", "text/", "a b/c", "multipart/mixed", "message/rfc822", "t/\u00E9"
      })
  void refusesAMediaTypeThatIsNone(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mail().attach("a", Content.of("x"), type));
  }

  @Test
  void refusesHalfOfACharacter() {
    assertThatIllegalArgumentException().isThrownBy(() -> mail().subject("\uD83D"));
    assertThatIllegalArgumentException().isThrownBy(() -> mail().text("\uD83D"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mail().attach("\uD83D", Content.of("x"), "text/plain"));
  }

  @Test
  void needsASenderAndARecipient() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MailMessage.builder().from("joe@example.org").build());
    assertThatIllegalStateException()
        .isThrownBy(() -> MailMessage.builder().to("joe@example.org").build());
    assertThatIllegalArgumentException().isThrownBy(() -> mail().attach(Path.of("/"), "a/b"));
  }

  @Test
  void isNeverWholeWithoutItsFile(@TempDir Path folder) {
    MailMessage mail =
        mail().attach(folder.resolve("none.pdf"), "application/pdf").build();

    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> bytes(mail));
  }

  @Test
  void readsAsManyBytesAsAreAskedFor() throws IOException {
    MailMessage mail = mail()
        .date(OffsetDateTime.parse("2026-03-01T10:00:00+01:00"))
        .attach("a", Content.of(new byte[20_000]), "text/plain")
        .build();
    byte[] whole = bytes(mail);
    byte[] again = new byte[whole.length];
    try (InputStream in = mail.content().open()) {
      for (int i = 0; i < again.length; i++) {
        again[i] = (byte) in.read();
      }
      assertThat(in.read()).isNegative();
    }
    assertThat(Arrays.equals(again, whole)).isTrue();
  }
}
