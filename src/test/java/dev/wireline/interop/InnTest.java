package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.TlsException;
import dev.wireline.line.Content;
import dev.wireline.line.TlsPolicy;
import dev.wireline.nntp.ArticleRange;
import dev.wireline.nntp.HeaderValue;
import dev.wireline.nntp.MessageId;
import dev.wireline.nntp.NewsGroup;
import dev.wireline.nntp.NntpClient;
import dev.wireline.nntp.NntpException;
import dev.wireline.nntp.NntpOptions;
import dev.wireline.nntp.Overview;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** NNTP with INN. */
@Tag("interop")
@Timeout(120)
class InnTest {
  private static final int GENERATED = 50;
  private static final int LONGEST_LINE = 2000;

  private static Inn server;

  @BeforeAll
  static void start() throws IOException {
    server = Inn.start();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static NntpClient news() {
    return new NntpClient(
        server.endpoint(), NntpOptions.builder().line(server.options()).build());
  }

  private static MessageId id(String name) {
    return new MessageId("<" + name + "@news.test>");
  }

  private static Content article(String name, String body) {
    return Content.of(("From: joe@x.test\r\nNewsgroups: misc.test\r\nSubject: " + name
            + "\r\nMessage-ID: " + id(name) + "\r\n\r\n" + body)
        .getBytes(ISO_8859_1));
  }

  /** Bodies with whatever lines there can be: of dots, long ones, empty ones, with 8 bits; and none. */
  private static List<String> generated() {
    Random random = new Random(4711);
    List<String> bodies = new ArrayList<>(List.of(".\r\n", "..\r\n.\r\n"));
    while (bodies.size() < GENERATED) {
      StringBuilder body = new StringBuilder();
      for (int lines = 1 + random.nextInt(12); lines > 0; lines--) {
        body.append(".".repeat(random.nextInt(3)));
        int length = random.nextInt(4) == 0 ? random.nextInt(LONGEST_LINE) : random.nextInt(3);
        for (; length > 0; length--) {
          body.append((char)
              (random.nextBoolean() ? 0x20 + random.nextInt(0x5f) : 0xa0 + random.nextInt(0x50)));
        }
        body.append("\r\n");
      }
      bodies.add(body.toString());
    }
    return bodies;
  }

  @Test
  void givesArticlesBackByteForByte() throws IOException {
    List<String> bodies = generated();
    try (NntpClient news = news()) {
      for (int i = 0; i < bodies.size(); i++) {
        news.post(article("generated." + i, bodies.get(i)));
      }
      for (int i = 0; i < bodies.size(); i++) {
        MessageId id = id("generated." + i);
        assertThat(news.body(id).text(ISO_8859_1)).isEqualTo(bodies.get(i));
        assertThat(news.article(id).text(ISO_8859_1)).endsWith("\r\n\r\n" + bodies.get(i));
        assertThat(news.head(id).readLines()).contains("Subject: generated." + i);
      }
      news.quit();
    }
  }

  @Test
  void readsAGroup() throws IOException {
    try (NntpClient news = news()) {
      Instant before = news.date().minus(Duration.ofMinutes(1));
      news.post(article("first", "1\r\n"));
      news.post(article("second", "2\r\n"));
      NewsGroup group = news.group("misc.test");
      List<Overview> all = news.overview(ArticleRange.from(group.low()));
      Overview second = all.stream()
          .filter(each -> each.subject().equals("second"))
          .findFirst()
          .orElseThrow();

      assertThat(second.messageId()).contains(id("second"));
      assertThat(second.bytes().orElse(0)).isPositive();
      assertThat(second.field("Xref")).contains("news.test misc.test:" + second.number());
      assertThat(news.stat(second.number()).id()).isEqualTo(id("second"));
      assertThat(news.last().number()).isEqualTo(second.number() - 1);
      assertThat(news.next().number()).isEqualTo(second.number());
      assertThat(news.headers("Subject", ArticleRange.of(second.number())))
          .containsExactly(new HeaderValue(second.number(), "second"));
      assertThat(news.header("Subject", id("first"))).isEqualTo("first");
      assertThat(news.numbers("misc.test", ArticleRange.from(1)))
          .hasSameSizeAs(news.overview(ArticleRange.from(1)));
      assertThat(news.newNews("misc.*", before)).contains(id("first"), id("second"));
      assertThat(news.overview(ArticleRange.from(group.high() + 1_000))).isEmpty();
    }
  }

  @Test
  void listsGroups() throws IOException {
    try (NntpClient news = news()) {
      assertThat(news.groups("misc.*"))
          .extracting(each -> each.name() + " " + each.status())
          .containsExactlyInAnyOrder("misc.test y", "misc.empty y");
      assertThat(news.descriptions("*")).isEqualTo(Map.of("misc.test", "For tests"));
      assertThat(news.creations("misc.*").get(0).created())
          .isEqualTo(Instant.ofEpochSecond(930_445_408));
      assertThat(news.list("HEADERS").readLines()).isNotEmpty();
      assertThat(news.help().readLines()).isNotEmpty();
      assertThat(news.group("misc.empty").count()).isZero();
      assertThat(news.overview(ArticleRange.from(1))).isEmpty();
    }
  }

  @Test
  void startsTlsAndLogsIn() throws IOException {
    try (NntpClient news = news()) {
      news.loginByUser("joe", "sesame");

      assertThat(news.tlsSession()).isPresent();
      assertThat(news.mayPost()).isTrue();
      assertThat(news.group("misc.test").name()).isEqualTo("misc.test");
    }
  }

  /** It offers mechanisms for a table of users of its own, which is empty. */
  @Test
  void staysUsableAfterALoginThatWasRefused() throws IOException {
    try (NntpClient news = news()) {
      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(() -> news.login(Sasl.plain("joe", "sesame")))
          .satisfies(e -> assertThat(e.code()).isEqualTo(481));

      assertThat(news.group("misc.test").name()).isEqualTo("misc.test");
    }
  }

  @Test
  void doesNotStartTlsWithWhomItDoesNotTrust() {
    try (NntpClient news = new NntpClient(server.endpoint(), NntpOptions.standard())) {
      assertThatExceptionOfType(TlsException.class).isThrownBy(news::capabilities);
    }
  }

  @Test
  void handsArticlesOn() throws IOException {
    NntpOptions options =
        NntpOptions.builder().transit(true).tlsPolicy(TlsPolicy.NEVER).build();
    String head = "Path: other.test!not-for-mail\r\nFrom: joe@x.test\r\nNewsgroups: misc.test\r\n"
        + "Subject: handed on\r\nMessage-ID: <handed@other.test>\r\n"
        + "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
        + "\r\n\r\n";
    MessageId handed = new MessageId("<handed@other.test>");
    try (NntpClient peer = new NntpClient(server.endpoint(), options);
        NntpClient news = news()) {
      peer.ihave(handed, Content.of(head + ".dots\r\n"));

      assertThat(news.body(handed).text()).isEqualTo(".dots\r\n");
      assertThatExceptionOfType(NntpException.class)
          .isThrownBy(() -> peer.ihave(handed, Content.of(head)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(435));
    }
  }
}
