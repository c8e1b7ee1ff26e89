package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.Content;
import dev.wireline.nntp.ActiveGroup;
import dev.wireline.nntp.ArticleRange;
import dev.wireline.nntp.NewsGroup;
import dev.wireline.nntp.NntpClient;
import dev.wireline.nntp.NntpException;
import dev.wireline.nntp.Overview;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/nntp.md and docs/from-python/nntplib.md. */
@Timeout(60)
class NntpGuideTest {
  private static final String GREETING = """
      S: 200 hello
      C: CAPABILITIES
      S: 101 what there is
      S: VERSION 2
      S: READER
      S: POST
      S: OVER
      S: .
      """;

  private static final String FORMAT = """
      C: LIST OVERVIEW.FMT
      S: 215 order
      S: Subject:
      S: From:
      S: .
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  @Test
  void readsAGroup() throws IOException {
    String script = GREETING + """
        C: GROUP misc.test
        S: 211 2 7 9 misc.test
        """ + FORMAT + """
        C: OVER 7-
        S: 224 overview
        S: 7\tone\tjoe@x.test
        S: 9\ttwo\tann@x.test
        S: .
        C: ARTICLE 9
        S: 220 9 <b@x.test>
        S: Subject: two
        S: .
        C: QUIT
        S: 205 bye
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: nntp-start
      try (var news = new NntpClient(server)) {
        NewsGroup group = news.group("misc.test");
        for (Overview each : news.overview(group.newest(100))) {
          System.out.println(each.number() + " " + each.from() + ": " + each.subject());
        }
        news.article(group.high()).saveTo(folder.resolve("newest.eml"));
        news.quit();
      }
      // end: nntp-start

      assertThat(printed.lines()).containsExactly("7 joe@x.test: one", "9 ann@x.test: two");
      assertThat(folder.resolve("newest.eml")).hasContent("Subject: two\r\n");
      scripted.verify();
    }
  }

  // docs: nntp-copy
  /** Copies what came since an earlier time; gives the number to start from the next time. */
  static long copyNew(NntpClient news, String name, long seen, Path folder) throws IOException {
    long last = news.group(name).high() < seen ? 0 : seen; // the server may count anew
    for (Overview each : news.overview(ArticleRange.from(last + 1))) {
      try {
        news.article(each.number()).saveTo(folder.resolve(each.number() + ".eml"));
      } catch (NntpException e) {
        if (e.code() != 423) { // cancelled a moment ago
          throw e;
        }
      }
      last = each.number();
    }
    return last;
  }
  // end: nntp-copy

  @Test
  void copiesWhatIsNew() throws IOException {
    String script = GREETING + """
        C: GROUP misc.test
        S: 211 3 7 9 misc.test
        """ + FORMAT + """
        C: OVER 8-
        S: 224 overview
        S: 8\tone
        S: 9\ttwo
        S: .
        C: ARTICLE 8
        S: 423 cancelled
        C: ARTICLE 9
        S: 220 9 <b@x.test>
        S: Subject: two
        S: .
        C: GROUP misc.test
        S: 211 0 0 0 misc.test
        C: OVER 1-
        S: 423 none
        """;
    try (var scripted = ScriptedServer.play(script);
        var news = new NntpClient(scripted.endpoint().toString())) {
      assertThat(copyNew(news, "misc.test", 7, folder)).isEqualTo(9);
      assertThat(copyNew(news, "misc.test", 9, folder)).isZero();

      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(folder.resolve("9.eml"));
      }
      scripted.verify();
    }
  }

  @Test
  void postsAnArticle() throws IOException {
    String script = GREETING + """
        C: AUTHINFO USER joe
        S: 381 and?
        C: AUTHINFO PASS open sesame
        S: 281 welcome
        C: CAPABILITIES
        S: 101 what there is
        S: READER
        S: .
        C: POST
        S: 340 go on
        C: From: joe@x.test
        C: Newsgroups: misc.test
        C: Subject: a test
        C:
        C: .. dots are no matter
        C: .
        S: 441 misc.test is moderated
        """;
    String password = "open sesame";
    try (var scripted = ScriptedServer.play(script);
        var news = new NntpClient(scripted.endpoint().toString())) {

      // docs: nntp-post
      news.login("joe", password);
      String article = """
          From: joe@x.test
          Newsgroups: misc.test
          Subject: a test

          . dots are no matter
          """;
      try {
        news.post(Content.of(article));
      } catch (NntpException e) {
        System.out.println(e.code() + " " + e.lines().get(0) + ", " + e.isTransient());
      }
      // end: nntp-post

      assertThat(printed.lines()).containsExactly("441 misc.test is moderated, false");
      scripted.verify();
    }
  }

  @Test
  void findsGroups() throws IOException {
    String script = GREETING + """
        C: LIST ACTIVE comp.lang.*,!*.basic
        S: 215 groups
        S: comp.lang.java 12 7 y
        S: .
        C: LIST MOTD
        S: 215 news
        S: no news
        S: .
        """;
    try (var scripted = ScriptedServer.play(script);
        var news = new NntpClient(scripted.endpoint().toString())) {

      // docs: nntp-groups
      for (ActiveGroup group : news.groups("comp.lang.*,!*.basic")) {
        System.out.println(group.name() + " " + group.status());
      }
      news.list("MOTD").readLines().forEach(System.out::println);
      // end: nntp-groups

      assertThat(printed.lines()).containsExactly("comp.lang.java y", "no news");
      scripted.verify();
    }
  }

  @Test
  void readsLikeNntplib() throws IOException {
    String script = GREETING + """
        C: GROUP misc.test
        S: 211 12 1 12 misc.test
        """ + FORMAT + """
        C: OVER 3-
        S: 224 overview
        S: 12\ta test\tjoe@x.test
        S: .
        C: QUIT
        S: 205 bye
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: py-news-subjects
      try (var news = new NntpClient(server)) {
        NewsGroup group = news.group("misc.test");
        System.out.println("Group " + group.name() + " has " + group.count() + " articles");
        for (Overview each : news.overview(group.newest(10))) {
          System.out.println(each.number() + " " + each.subject());
        }
        news.quit();
      }
      // end: py-news-subjects

      assertThat(printed.lines()).containsExactly("Group misc.test has 12 articles", "12 a test");
      scripted.verify();
    }
  }

  @Test
  void postsLikeNntplib() throws IOException {
    String script = GREETING + "C: POST\nS: 340 go on\nC: Subject: x\nC: .\nS: 240 taken\n"
        + "C: QUIT\nS: 205 bye\n";
    Path file = Files.writeString(folder.resolve("article.txt"), "Subject: x\n");
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: py-news-post
      try (var news = new NntpClient(server)) {
        news.post(Content.of(file));
        news.quit();
      }
      // end: py-news-post

      scripted.verify();
    }
  }
}
