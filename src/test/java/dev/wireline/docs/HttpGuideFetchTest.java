package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.HttpStatusException;
import dev.wireline.http.Leniency;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/index.md and docs/guide/http/fetch.md. */
@Timeout(60)
class HttpGuideFetchTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void makesAnExceptionOfAStatus() throws IOException {
    try (var server = RawServer.answering(Answers.status("404 Not Found", "", "gone"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-require
      try {
        System.out.println(agent.get(url).requireSuccess().text());
      } catch (HttpStatusException e) {
        System.out.println(e.status() + ": " + e.response().text());
      }
      // end: http-require

      assertThat(printed.lines()).containsExactly("404: gone");
    }
  }

  @Test
  void allowsAFaultByItsName() throws IOException {
    try (var server = RawServer.answering(
        RawAnswer.of("ICY 200 OK\r\nicy-name: radio\r\nContent-Length: 0\r\n\r\n"))) {
      String url = Answers.origin(server);

      // docs: http-leniency
      HttpOptions options =
          HttpOptions.builder().allow(Leniency.ICY_STATUS_LINE).build();
      try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
        System.out.println(agent.get(url).header("icy-name").orElse(""));
      }
      // end: http-leniency

      assertThat(printed.lines()).containsExactly("radio");
    }
  }

  @Test
  void fetchesFromAnyUrl() throws IOException {
    try (var server =
        RawServer.answering(Answers.redirect(302, "/news/today"), Answers.ok("all quiet"))) {
      String url = Answers.origin(server) + "/news";

      // docs: http-agent
      try (HttpAgent agent = HttpAgent.create()) {
        HttpResponse news = agent.get(url); // such as "https://example.org/news"
        System.out.println(news.status() + " from " + news.request().target());
        System.out.println(news.text());
      }
      // end: http-agent

      assertThat(printed.lines()).containsExactly("200 from /news/today", "all quiet");
    }
  }

  @Test
  void fetchesFromOneOrigin() throws IOException {
    try (var server = RawServer.answering(Answers.ok("one"), Answers.ok("two"))) {
      String endpoint = server.endpoint().toString();

      // docs: http-client
      try (HttpClient client = new HttpClient(endpoint)) { // such as "localhost:8080"
        System.out.println(client.get("/one").text());
        System.out.println(client.get("/two").text());
      }
      // end: http-client

      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void treatsAStatusAsData() throws IOException {
    RawAnswer missing = Answers.status("404 Not Found", "", "no such page");
    try (var server = RawServer.answering(missing);
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/gone";

      // docs: http-status
      HttpResponse page = agent.get(url);
      switch (page.status()) {
        case 200 -> System.out.println(page.text());
        case 404, 410 -> System.out.println("not there: " + page.text());
        default -> throw new IOException("the server answers " + page.status());
      }
      // end: http-status

      assertThat(printed.lines()).containsExactly("not there: no such page");
    }
  }

  @Test
  void readsLines() throws IOException {
    try (var server = RawServer.answering(Answers.ok("a\r\nERROR b\nc\nERROR d"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/log";

      // docs: http-lines
      try (Stream<String> lines = agent.get(url).lines()) {
        lines.filter(line -> line.startsWith("ERROR")).limit(10).forEach(System.out::println);
      }
      // end: http-lines

      assertThat(printed.lines()).containsExactly("ERROR b", "ERROR d");
    }
  }

  @Test
  void streamsABody() throws IOException {
    try (var server = RawServer.answering(Answers.large(), Answers.ok("next"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-stream
      try (InputStream body = agent.get(url).body()) {
        byte[] start = body.readNBytes(8);
        System.out.println(new String(start, StandardCharsets.ISO_8859_1));
      }
      // end: http-stream

      assertThat(printed.lines()).containsExactly("xxxxxxxx");
      assertThat(agent.get(url).text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void savesAFileWholeOrNotAtAll(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("data.zip");
    RawAnswer cut =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").thenClose();
    try (var server = RawServer.answering(Answers.ok("first"), cut);
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/data.zip";

      // docs: http-save
      HttpResponse download = agent.get(url);
      if (download.status() == 200) {
        download.saveTo(file);
      } else {
        download.discard();
      }
      // end: http-save

      HttpResponse broken = agent.get(url);
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> broken.saveTo(file));
      assertThat(Files.readString(file)).isEqualTo("first");
      assertThat(folder).isDirectoryContaining(file::equals).isNotEmptyDirectory();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).hasSize(1);
      }
    }
  }

  @Test
  void tellsHowFarADownloadIs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("data.zip");
    try (var server = RawServer.answering(Answers.ok("data"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/data.zip";

      // docs: http-progress
      agent.get(url).saveTo(file, (bytes, total) -> {
        System.out.println(bytes + " of " + (total < 0 ? "unknown" : total));
      });
      // end: http-progress

      assertThat(printed.lines()).startsWith("0 of 4").endsWith("4 of 4");
    }
  }

  @Test
  void readsTextInTheCharsetThatTheServerNames() throws IOException {
    RawAnswer latin =
        Answers.status("200 OK", "Content-Type: text/plain; charset=iso-8859-1\r\n", "caf\u00e9");
    RawAnswer wrong = Answers.status("200 OK", "Content-Type: text/plain\r\n", "caf\u00e9");
    try (var server = RawServer.answering(latin, wrong);
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/menu";

      assertThat(agent.get(url).text()).isEqualTo("caf\u00e9");

      // docs: http-charset
      HttpResponse menu = agent.get(url);
      String text;
      try {
        text = menu.text();
      } catch (PeerProtocolException e) {
        text = new String(menu.bytes(), StandardCharsets.ISO_8859_1);
      }
      System.out.println(text);
      // end: http-charset

      assertThat(printed.lines()).containsExactly("caf\u00e9");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void givesTheSameTextAgainAndAStreamOnce() throws IOException {
    try (var server = RawServer.answering(Answers.ok("one"), Answers.ok("two"));
        var agent = HttpAgent.create()) {
      HttpResponse whole = agent.get(Answers.origin(server));
      HttpResponse streamed = agent.get(Answers.origin(server));

      assertThat(whole.text()).isEqualTo(whole.text()).isEqualTo("one");
      try (Stream<String> lines = streamed.lines()) {
        assertThat(lines).containsExactly("two");
      }
      assertThatIllegalStateException().isThrownBy(streamed::text);
    }
  }
}
