package dev.wireline.nntp;

import static dev.wireline.nntp.NntpScripts.GREETING;
import static dev.wireline.nntp.NntpScripts.OLD_GREETING;
import static dev.wireline.nntp.NntpScripts.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.MalformedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overviews and headers. */
@Timeout(60)
class NntpOverviewTest {
  private static final String FORMAT = """
      C: LIST OVERVIEW.FMT
      S: 215 order
      S: Subject:
      S: From:
      S: Date:
      S: Message-ID:
      S: References:
      S: Bytes:
      S: Lines:
      S: Xref:full
      S: .
      """;

  private static final String SEVEN =
      "7\tIt works\tjoe@x.test\t6 Oct 1998\t<a@b>\t<c@d> <e@f>\t1234\t17\tXref: news.test a.b:7";

  private static final String SESSION =
      GREETING + FORMAT + "C: OVER 7-\nS: 224 overview\nS: " + SEVEN + "\n" + """
      S: 9\tNo references\tann@x.test\t\t<g@h>\t\t\tx\t
      S: .
      C: OVER <a@b>
      S: 224 overview
      S: 0\tIt works
      S: .
      C: HDR Subject 7-9
      S: 225 headers
      S: 7 It works
      S: 9
      S: .
      C: HDR :bytes <a@b>
      S: 225 headers
      S: 0 1234
      S: .
      """;

  private static void talk(Endpoint server) throws IOException {
    try (NntpClient news = new NntpClient(server, NntpOptions.standard())) {
      List<Overview> all = news.overview(ArticleRange.from(7));
      assertThat(all).hasSize(2);
      checkSeven(all.get(0));
      assertThat(all.get(1).number()).isEqualTo(9);
      assertThat(all.get(1).lines()).isEmpty();
      assertThat(all.get(1).references() + all.get(1).date()).isEmpty();
      MessageId id = new MessageId("<a@b>");
      assertThat(news.overview(id)).isEqualTo(new Overview(0, Map.of("subject", "It works")));
      assertThat(news.headers("Subject", ArticleRange.of(7, 9)))
          .containsExactly(new HeaderValue(7, "It works"), new HeaderValue(9, ""));
      assertThat(news.header(":bytes", id)).isEqualTo("1234");
    }
  }

  private static void checkSeven(Overview article) {
    assertThat(article.number()).isEqualTo(7);
    assertThat(article.subject()).isEqualTo("It works");
    assertThat(article.from()).isEqualTo("joe@x.test");
    assertThat(article.date()).isEqualTo("6 Oct 1998");
    assertThat(article.messageId()).contains(new MessageId("<a@b>"));
    assertThat(article.references()).isEqualTo("<c@d> <e@f>");
    assertThat(article.bytes()).isEqualTo(OptionalLong.of(1234));
    assertThat(article.lines()).isEqualTo(OptionalLong.of(17));
    assertThat(article.field("XREF")).contains("news.test a.b:7");
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void speaks(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(SESSION).delivery(delivery).start()) {
      talk(server.endpoint());

      server.verify();
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(SESSION, NntpOverviewTest::talk);
  }

  @Test
  void asksOldServersByTheirNames() throws Exception {
    String script = OLD_GREETING + """
        C: LIST OVERVIEW.FMT
        S: 503 not kept
        C: XOVER 1-
        S: 224 overview
        S: 1\tSubject\tjoe\t\t<a@b>\t\t12\t1\tXref: news.test a.b:1\tjunk
        S: .
        C: XOVER 2-
        S: 420 none
        C: XHDR Subject 1-
        S: 221 headers
        S: 1 (none)
        S: .
        C: XHDR Subject <a@b>
        S: 221 headers
        S: <a@b> It works
        S: .
        """;
    play(script, news -> {
      List<Overview> all = news.overview(ArticleRange.from(1));
      assertThat(all.get(0).bytes()).hasValue(12);
      assertThat(all.get(0).field("Xref")).contains("news.test a.b:1");
      assertThat(news.overview(ArticleRange.from(2))).isEmpty();
      assertThat(news.headers("Subject", ArticleRange.from(1)))
          .containsExactly(new HeaderValue(1, ""));
      assertThat(news.header("Subject", new MessageId("<a@b>"))).isEqualTo("It works");
    });
  }

  @Test
  void remembersThatTheServerDoesNotKnowANameThatItLists() throws Exception {
    String script = GREETING + FORMAT + """
        C: OVER 1-
        S: 500 what?
        C: XOVER 1-
        S: 224 overview
        S: .
        C: XOVER 2-
        S: 224 overview
        S: .
        """;
    play(script, news -> {
      assertThat(news.overview(ArticleRange.from(1))).isEmpty();
      assertThat(news.overview(ArticleRange.from(2))).isEmpty();
    });
  }

  @Test
  void hasNoneForAnEmptyRange() throws Exception {
    String script = GREETING + FORMAT + "C: OVER 8-\nS: 423 none\nC: HDR Xref 8-\nS: 423 none\n"
        + "C: OVER 8-\nS: 412 no group\n";
    play(script, news -> {
      assertThat(news.overview(ArticleRange.from(8))).isEmpty();
      assertThat(news.headers("Xref", ArticleRange.from(8))).isEmpty();
      assertThat(
              catchThrowableOfType(NntpException.class, () -> news.overview(ArticleRange.from(8)))
                  .code())
          .isEqualTo(412);
    });
  }

  @Test
  void readsLinesThatAreNotUtf8() throws Exception {
    String script = GREETING + FORMAT + "C: OVER 1\nS: 224 overview\n"
        + "S> \"1\\tgr\\xFC\\xDFe\\r\\n.\\r\\n\"\n";
    play(
        script,
        news -> assertThat(news.overview(ArticleRange.of(1)).get(0).subject())
            .isEqualTo("gr\u00fc\u00dfe"));
  }

  @Test
  void hearsOneByOne() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 500; i++) {
      lines.append("S: ").append(i).append("\tsubject\n");
    }
    NntpOptions few = NntpOptions.builder().maxEntries(100).build();
    String script = GREETING + FORMAT + "C: OVER 1-\nS: 224 overview\n" + lines + "S: .\n";
    play(few, script, news -> {
      List<Long> heard = new ArrayList<>();
      news.overview(ArticleRange.from(1), each -> heard.add(each.number()));

      assertThat(heard).hasSize(500).endsWith(500L);
      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
    });
    play(
        few,
        script,
        news -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> news.overview(ArticleRange.from(1)))
            .satisfies(e -> assertThat(e.limit()).isEqualTo("maxEntries")));
  }

  @Test
  void refusesAConsumerThatAsksSomethingElse() throws Exception {
    String script = GREETING + FORMAT + "C: OVER 1-\nS: 224 overview\nS: 1\tx\nS: .\n";
    play(script, news -> {
      assertThatIllegalStateException()
          .isThrownBy(() -> news.overview(ArticleRange.from(1), each -> {
            try {
              news.article(each.number());
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\ta", "", "-1\ta", "2\ta", "8\ta", "5\ta\nS: 5\ta", "6\ta\nS: 5\ta"})
  void takesNoOverviewOfAnythingElse(String lines) throws Exception {
    String script = GREETING + FORMAT + "C: OVER 3-7\nS: 224 overview\nS: " + lines + "\nS: .\n";
    play(script, news -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> news.overview(ArticleRange.of(3, 7)));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S: 0 a\nS: 0 b\n"})
  void takesNoAnswerAboutOneArticleThatIsNotOneLine(String lines) throws Exception {
    play(
        GREETING + "C: HDR Subject <a@b>\nS: 225 headers\n" + lines + "S: .\n",
        news -> assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> news.header("Subject", new MessageId("<a@b>"))));
  }

  // ---- the format alone

  private static Overview parsed(String line, String... format) throws MalformedException {
    return OverviewFormat.of(List.of(format)).parse(line);
  }

  @Test
  void keepsToTheOrderOfTheServer() throws MalformedException {
    Overview article = parsed("1\tjoe\tx", "From:", "subject:");

    assertThat(article.from()).isEqualTo("joe");
    assertThat(article.subject()).isEqualTo("x");
  }

  @Test
  void takesTheNameOffAFullHeaderOfItsOwnAlone() throws MalformedException {
    assertThat(parsed("1\tXREF:  a", "Xref:full").field("xref")).contains("a");
    assertThat(parsed("1\tKeywords: a", "Xref:full").field("xref")).contains("Keywords: a");
    assertThat(parsed("1\tXref:", "Xref:full").field("xref")).isEmpty();
    assertThat(parsed("1\tRe: x", "Subject:").subject()).isEqualTo("Re: x");
  }

  @Test
  void tellsBytesFromAHeaderOfThatName() throws MalformedException {
    String[] format = {"a:", "b:", "c:", "d:", "e:", ":bytes", "Lines:", "Lines:full", "Bytes:"};
    Overview article = parsed("1\t\t\t\t\t\t10\t20\tLines: 30\t40", format);

    assertThat(article.bytes()).hasValue(10);
    assertThat(article.lines()).hasValue(20);
    assertThat(article.field("lines")).contains("30");
    assertThat(article.field("bytes")).contains("40");
  }

  @Test
  void takesTheStandardFormatForNone() throws MalformedException {
    assertThat(parsed(SEVEN).references()).isEqualTo("<c@d> <e@f>");
    assertThat(parsed("1\ta\tb\tc\tnot an id\td\t-5\t99999999999999999999", " ").messageId())
        .isEmpty();
    assertThat(parsed("1\ta\tb\tc\td\te\t-5\t99999999999999999999").bytes()).isEmpty();
    assertThat(parsed("1").fields()).isEmpty();
  }
}
