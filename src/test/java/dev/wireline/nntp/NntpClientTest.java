package dev.wireline.nntp;

import static dev.wireline.nntp.NntpScripts.GREETING;
import static dev.wireline.nntp.NntpScripts.LOGIN;
import static dev.wireline.nntp.NntpScripts.play;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands. */
@Timeout(60)
class NntpClientTest {
  private static final MessageId ID = new MessageId("<a.1@news.test>");

  private static final Instant SINCE = Instant.parse("2026-03-01T04:05:06Z");

  private static final String SESSION = LOGIN + """
      C: GROUP misc.test
      S: 211 3 7 12 misc.test
      C: LISTGROUP misc.test 7-
      S: 211 3 7 12 misc.test list follows
      S: 7
      S: 9
      S: 12
      S: .
      C: STAT 7
      S: 223 7 <a.1@news.test>
      C: NEXT
      S: 223 9 <a.2@news.test> retrieved
      C: LAST
      S: 223 7 <a.1@news.test>
      C: STAT <a.1@news.test>
      S: 223 0 <a.1@news.test>
      C: ARTICLE 7
      S: 220 7 <a.1@news.test>
      S: Subject: dots
      S:
      S: ..
      S: ..end
      S: .
      C: ARTICLE <a.1@news.test>
      S: 220 0 <a.1@news.test>
      S: Subject: dots
      S: .
      C: HEAD 7
      S: 221 7 <a.1@news.test>
      S: Subject: head
      S: .
      C: HEAD <a.1@news.test>
      S: 221 0 <a.1@news.test>
      S: Subject: by id
      S: .
      C: BODY 7
      S: 222 7 <a.1@news.test>
      S: .
      C: BODY <a.1@news.test>
      S: 222 0 <a.1@news.test>
      S: text
      S: .
      C: LIST ACTIVE misc.*
      S: 215 groups
      S: misc.test 0000000012 0000000007 y
      S: misc.empty 0 1 m
      S: .
      C: LIST NEWSGROUPS misc.*
      S: 215 texts
      S: misc.test\t For tests
      S: misc.empty Nothing
      S: misc.bare
      S: .
      C: LIST ACTIVE.TIMES *
      S: 215 times
      S: misc.test 930445408 <creatme@isc.org>
      S: .
      C: LIST DISTRIB.PATS
      S: 215 weights
      S: 10:local.*:local
      S: .
      C: LIST HEADERS MSGID
      S: 215 headers
      S: :
      S: .
      C: NEWGROUPS 20260301 040506 GMT
      S: 231 new ones
      S: misc.new 4 1 n
      S: .
      C: NEWNEWS misc.*,!*.x 20260301 040506 GMT
      S: 230 new ones
      S: <a.1@news.test>
      S: .
      C: DATE
      S: 111 20261128074500
      C: HELP
      S: 100 help
      S: ask somebody
      S: .
      C: POST
      S: 340 go on
      C: From: joe
      C:
      C: ..
      C: end
      C: .
      S: 240 taken
      C: IHAVE <a.1@news.test>
      S: 335 go on
      C: Path: x
      C: .
      S: 235 taken
      C: SLAVE
      S: 202 as you like
      C: XGTITLE *
      S: 282 titles
      S: misc.test For tests
      S: .
      C: QUIT
      S: 205 bye
      """;

  private static void talk(Endpoint server) throws IOException {
    try (NntpClient news = new NntpClient(server, NntpOptions.standard())) {
      news.login("joe", "open sesame");
      readArticles(news);
      readLists(news);
      sendArticles(news);
      news.quit();
      assertThat(news.state()).isEqualTo(ConnectionState.CLOSED);
      news.quit();
    }
  }

  private static void readArticles(NntpClient news) throws IOException {
    assertThat(news.group("misc.test")).isEqualTo(new NewsGroup("misc.test", 3, 7, 12));
    assertThat(news.numbers("misc.test", ArticleRange.from(7))).containsExactly(7L, 9L, 12L);
    assertThat(news.stat(7)).isEqualTo(new ArticleId(7, ID));
    assertThat(news.next().number()).isEqualTo(9);
    assertThat(news.last().id()).isEqualTo(ID);
    assertThat(news.stat(ID).number()).isZero();
    assertThat(news.article(7).text()).isEqualTo("Subject: dots\r\n\r\n.\r\n.end\r\n");
    assertThat(news.article(ID).readLines()).containsExactly("Subject: dots");
    assertThat(news.head(7).readLines()).containsExactly("Subject: head");
    assertThat(news.head(ID).readLines()).containsExactly("Subject: by id");
    assertThat(news.body(7).bytes()).isEmpty();
    assertThat(news.body(ID).text()).isEqualTo("text\r\n");
  }

  private static void readLists(NntpClient news) throws IOException {
    assertThat(news.groups("misc.*"))
        .containsExactly(
            new ActiveGroup("misc.test", 7, 12, "y"), new ActiveGroup("misc.empty", 1, 0, "m"));
    assertThat(news.descriptions("misc.*"))
        .isEqualTo(Map.of("misc.test", "For tests", "misc.empty", "Nothing", "misc.bare", ""));
    assertThat(news.creations("*"))
        .containsExactly(new GroupCreation(
            "misc.test", Instant.ofEpochSecond(930_445_408), "<creatme@isc.org>"));
    assertThat(news.list("DISTRIB.PATS").readLines()).containsExactly("10:local.*:local");
    assertThat(news.list("HEADERS", "MSGID").readLines()).containsExactly(":");
    assertThat(news.newGroups(SINCE)).containsExactly(new ActiveGroup("misc.new", 1, 4, "n"));
    assertThat(news.newNews("misc.*,!*.x", SINCE)).containsExactly(ID);
    assertThat(news.date()).isEqualTo(Instant.parse("2026-11-28T07:45:00Z"));
    assertThat(news.help().readLines()).containsExactly("ask somebody");
  }

  private static void sendArticles(NntpClient news) throws IOException {
    assertThat(news.mayPost()).isTrue();
    assertThat(news.post(Content.of("From: joe\n\n.\nend")).text()).isEqualTo("taken");
    assertThat(news.ihave(ID, Content.of("Path: x\r\n")).code()).isEqualTo(235);
    assertThat(news.command(Command.of("SLAVE"), 2).code()).isEqualTo(202);
    assertThat(news.commandText(Command.of("XGTITLE").atom("*"), 282).readLines())
        .hasSize(1);
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
    // The answer to QUIT may be missing: what was sent is with the server.
    String session = SESSION.substring(0, SESSION.indexOf("C: QUIT"));
    CutPoints.everyCutPoint(session, endpoint -> {
      try (NntpClient news = new NntpClient(endpoint, NntpOptions.standard())) {
        news.login("joe", "open sesame");
        readArticles(news);
        readLists(news);
        sendArticles(news);
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(LOGIN).startTls(NntpScripts.BEFORE_TLS).run(endpoint -> {
      try (NntpClient news = new NntpClient(endpoint, NntpScripts.hurried())) {
        news.login("joe", "open sesame");
        news.group("misc.test");
      }
    });
  }

  @Test
  void withstandsBadServersInTheMiddleOfAnAnswer() throws IOException {
    String script = GREETING + "C: LIST ACTIVE *\nS: 215 groups\nS: misc.test 2 1 y\n";
    HostilePeers.builder().after(script).run(endpoint -> {
      try (NntpClient news = new NntpClient(endpoint, NntpScripts.hurried())) {
        news.groups("*");
      }
    });
  }

  @Test
  void givesArticlesByteForByte() throws Exception {
    String script = GREETING + """
        C: ARTICLE 1
        S: 220 1 <a.1@news.test>
        S> "Subject: gr\\xFC\\xDFe\\r\\n\\r\\n..\\x00\\x80\\r\\n.\\r\\n"
        C: POST
        S: 340 go on
        C> "Subject: gr\\xFC\\xDFe\\r\\n\\r\\n..\\x00\\x80\\r\\n.\\r\\n"
        S: 240 taken
        """;
    byte[] article = "Subject: gr\u00fc\u00dfe\r\n\r\n.\u0000\u0080\r\n".getBytes(ISO_8859_1);
    play(script, news -> {
      assertThat(news.article(1).bytes()).isEqualTo(article);

      news.post(Content.of(article));
    });
  }

  @Test
  void staysUsableAfterANo() throws Exception {
    String script = GREETING + """
        C: GROUP misc.none
        S: 411 no such group
        C: ARTICLE 4
        S: 423 no such article
        C: POST
        S: 440 nobody posts here
        C: POST
        S: 340 go on
        C: text
        C: .
        S: 441 No From
        C: IHAVE <a.1@news.test>
        S: 436 later
        C: DATE
        S: 111 20261128074500
        """;
    play(script, news -> {
      assertThat(refusal(() -> news.group("misc.none")).code()).isEqualTo(411);
      assertThat(refusal(() -> news.article(4)).command()).contains("ARTICLE 4");
      assertThat(refusal(() -> news.post(Content.of("text"))).isTransient()).isFalse();
      assertThat(refusal(() -> news.post(Content.of("text"))).lines()).containsExactly("No From");
      assertThat(refusal(() -> news.ihave(ID, Content.of("text"))).isTransient())
          .isTrue();
      news.date();
    });
  }

  private interface Call {
    void run() throws Exception;
  }

  private static NntpException refusal(Call call) {
    return catchThrowableOfType(NntpException.class, call::run);
  }

  @Test
  void breaksAfterTheServerHasGone() throws Exception {
    play(GREETING + "C: DATE\nS: 400 going down\n<close>\n", news -> {
      NntpException no = refusal(news::date);

      assertThat(no.isTransient()).isTrue();
      assertThat(no.connectionUsable()).isFalse();
      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void goesOnAfterAPermissionThatIsMissing() throws Exception {
    play(GREETING + "C: DATE\nS: 502 not you\nC: DATE\nS: 111 20261128074500\n", news -> {
      assertThat(refusal(news::date).connectionUsable()).isTrue();

      news.date();
    });
  }

  private static void answer(PeerConnection peer, String command, String answer)
      throws IOException {
    assertThat(peer.readLine()).isEqualTo(command);
    peer.write(answer);
  }

  /** All up to the reset. */
  private static String rest(PeerConnection peer) {
    StringBuilder all = new StringBuilder();
    try {
      for (int octet = peer.read(); octet >= 0; octet = peer.read()) {
        all.append((char) octet);
      }
    } catch (IOException e) {
      all.append('|');
    }
    return all.toString();
  }

  @Test
  void neverSendsAPartForTheWhole() throws Exception {
    InputStream gone = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the disk is gone");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
    InputStream failing =
        new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), gone);
    CompletableFuture<String> received = new CompletableFuture<>();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("200 hello\r\n");
          answer(peer, "CAPABILITIES", "101 can\r\nVERSION 2\r\nREADER\r\n.\r\n");
          answer(peer, "POST", "340 go on\r\n");
          received.complete(rest(peer));
        });
        var news = new NntpClient(server.endpoint(), NntpOptions.standard())) {
      assertThatIOException()
          .isThrownBy(() -> news.post(Content.of(failing)))
          .withMessage("the disk is gone");

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(received.get(30, TimeUnit.SECONDS)).doesNotContain("\n.");
    }
  }

  @Test
  void looksForTheArticleBeforeTheServerWaitsForIt() throws Exception {
    Content once = Content.of(new ByteArrayInputStream("text".getBytes(ISO_8859_1)));
    String script = GREETING + "C: POST\nS: 340 go on\nC: text\nC: .\nS: 240 taken\n";
    play(script, news -> {
      news.post(once);
      assertThatIllegalStateException().isThrownBy(() -> news.post(once));
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> news.post(Content.of(Path.of("target/no/such/file"))));

      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
          GROUP a.b;        211 none
          GROUP a.b;        211 1 2
          GROUP a.b;        211 -1 2 3 a.b
          NEXT;             223 7
          NEXT;             223 7 a@b
          DATE;             111 2026112807450
          DATE;             111 20261328074500
          LIST ACTIVE *;    215|a.b 1 y|.
          LIST ACTIVE *;    215|a.b 1 99999999999999999 y|.
          NEWNEWS * 20260301 040506 GMT; 230|a@b|.
          LISTGROUP a.b 1-; 211 1 1 1|x|.
          """)
  void takesNoAnswerThatMakesNoSense(String command, String answer) throws Exception {
    String lines = "S: " + answer.replace("|", "\nS: ") + "\n";
    play(GREETING + "C: " + command + "\n" + lines, news -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> say(news, command.split(" ", 2)[0]));

      assertThat(news.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  private static Object say(NntpClient news, String verb) throws IOException {
    return switch (verb) {
      case "GROUP" -> news.group("a.b");
      case "LISTGROUP" -> news.numbers("a.b", ArticleRange.from(1));
      case "LIST" -> news.groups("*");
      case "NEWNEWS" -> news.newNews("*", SINCE);
      case "NEXT" -> news.next();
      default -> news.date();
    };
  }

  @Test
  void boundsLists() throws Exception {
    NntpOptions options = NntpOptions.builder().maxEntries(2).build();
    play(
        options,
        GREETING + "C: LISTGROUP a.b 1-\nS: 211 3 1 3\nS: 1\nS: 2\nS: 3\nS: .\n",
        news -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> news.numbers("a.b", ArticleRange.from(1)))
            .satisfies(e -> assertThat(e.limit()).isEqualTo("maxEntries")));
  }

  @Test
  void boundsArticles() throws Exception {
    NntpOptions options = NntpOptions.builder().maxArticleBytes(4).build();
    play(
        options,
        GREETING + "C: BODY 1\nS: 222 1 <a@b>\nS: 12345\nS: .\n",
        news -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> news.body(1).transferTo(OutputStream.nullOutputStream())));
  }

  @Test
  void saysNothingBesideAnArticleThatIsOpen() throws Exception {
    String script =
        GREETING + "C: BODY 1\nS: 222 1 <a@b>\nS: a\nS: .\nC: DATE\nS: 111 20261128074500\n";
    play(script, news -> {
      try (Incoming article = news.body(1)) {
        assertThatIllegalStateException().isThrownBy(news::date);
        assertThat(article.text()).isEqualTo("a\r\n");
      }
      news.date();
    });
  }

  @Test
  void refusesWhatWouldBeAnotherCommand() throws IOException {
    try (NntpClient news = new NntpClient("news.test")) {
      for (String bad : List.of("", "a b", "a\r\nDATE", "a\u0000", "*", "a?", "a,b", "!a", "[a]")) {
        assertThatIllegalArgumentException().isThrownBy(() -> news.group(bad));
      }
      for (String bad : List.of("", "a b", "a\r\nDATE", "Subject:", ":", "gr\u00fc\u00dfe")) {
        assertThatIllegalArgumentException().isThrownBy(() -> news.header(bad, ID));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> news.login("a\r\nDATE", "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> news.login("a", "x\nDATE"));
      assertThatIllegalArgumentException().isThrownBy(() -> news.groups("* x"));
      assertThatIllegalArgumentException().isThrownBy(() -> news.list("ACTIVE\r\nDATE"));
      assertThatIllegalArgumentException().isThrownBy(() -> news.list("ACTIVE", "a\nDATE"));
      assertThatIllegalArgumentException().isThrownBy(() -> news.article(0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> news.newGroups(Instant.parse("+10000-01-01T00:00:00Z")));
      assertThat(news.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void saysNoCommandThatServersCut() throws Exception {
    play(GREETING + "C: DATE\nS: 111 20261128074500\n", news -> {
      news.date();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> news.groups("a".repeat(500)))
          .withMessageContaining("512");

      assertThat(news.state()).isEqualTo(ConnectionState.OPEN);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<>", "a@b", "<a@b", "a@b>", "<a b@c>", "<a>b>", "<a\u00e9@c>", "<a\r\n>"})
  void hasNoIdThatIsNoMessageId(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MessageId(text));
  }

  @Test
  void hasIdsOfTwoHundredAndFifty() {
    String longest = "<" + "x".repeat(248) + ">";

    assertThat(new MessageId(longest)).hasToString(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MessageId("<x" + longest.substring(1)));
  }

  @Test
  void writesRanges() {
    assertThat(ArticleRange.of(7)).hasToString("7");
    assertThat(ArticleRange.of(7, 12)).hasToString("7-12");
    assertThat(ArticleRange.from(7)).hasToString("7-");
    assertThat(new NewsGroup("a.b", 3, 7, 12).newest(2)).hasToString("11-");
    assertThat(new NewsGroup("a.b", 3, 7, 12).newest(100)).hasToString("7-");
    assertThat(new NewsGroup("a.b", 0, 0, 0).newest(100)).hasToString("1-");
    assertThatIllegalArgumentException().isThrownBy(() -> ArticleRange.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> ArticleRange.of(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ArticleRange.from(ArticleRange.MAX + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new NewsGroup("a.b", 3, 7, 12).newest(0));
  }

  @Test
  void keepsItsOptions() {
    NntpOptions options =
        NntpOptions.builder().maxEntries(5).maxArticleBytes(6).transit(true).build();

    assertThat(options.toBuilder().clearPasswords(true).build().toString())
        .startsWith(
            "maxEntries 5, maxArticleBytes 6, transit, tlsPolicy IF_OFFERED, clearPasswords");
    assertThat(NntpClient.PROTOCOL.toString()).contains("563");
  }
}
