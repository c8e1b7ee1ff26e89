package dev.wireline.fetch;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.ftp.FtpException;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.header.Headers;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpStatusException;
import dev.wireline.http.RefusedResponseException;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of every scheme, with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class UrlsTest {
  private static final Duration QUARTER = Duration.ofMillis(250);
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();

  private static final String PAGE = """
      C: GET /a?b HTTP/1.1
      C: Host: {host}
      C: User-Agent: {agent}
      C: Accept-Encoding: gzip, deflate
      C:
      S: HTTP/1.1 200 OK
      S: Content-Type: text/plain; charset=iso-8859-1
      S: Content-Length: 3
      S: Last-Modified: Tue, 15 Nov 1994 12:45:26 GMT
      S:
      S> "h\\xE9\\n"
      """;

  private static final String FTP = """
      S: 220 hello
      C: FEAT
      S: 211-Features
      S:  SIZE
      S: 211 End
      C: USER anonymous
      S: 331 password
      C: PASS anonymous@
      S: 230 welcome
      C: TYPE I
      S: 200 ok
      """;

  private static String url(String scheme, ScriptedServer server, String path) {
    return scheme + "://" + server.endpoint().authority() + path;
  }

  private static String url(String scheme, Endpoint server, String path) {
    return scheme + (server.isTls() ? "s://" : "://") + server.authority() + path;
  }

  private static UrlOpener hurried() {
    Dialer dialer = Dialer.builder()
        .connectTimeout(QUARTER)
        .silenceTimeout(QUARTER)
        .tlsTimeout(QUARTER)
        .build();
    HttpOptions http = HttpOptions.builder()
        .dialer(dialer)
        .headTimeout(QUARTER)
        .callTimeout(QUARTER)
        .build();
    LineOptions lines =
        LineOptions.builder().dialer(dialer).transferTimeout(QUARTER).build();
    return Urls.builder()
        .http(http)
        .ftp(FtpOptions.builder().line(lines).build())
        .gopher(
            QuestionOptions.standard().withDialer(dialer).withTimeout(QUARTER).withMaxBytes(99))
        .build();
  }

  @Test
  void opensAPage() throws IOException {
    try (var server = ScriptedServer.play(PAGE);
        Fetched page = Urls.open(url("http", server, "/a?b#c"))) {
      assertThat(page.url()).isEqualTo(url("http", server, "/a?b#c"));
      assertThat(page.type()).hasValue("text/plain; charset=iso-8859-1");
      assertThat(page.length()).hasValue(3);
      assertThat(page.time()).hasValue(Instant.parse("1994-11-15T12:45:26Z"));
      assertThat(page.info().first("content-length")).hasValue("3");
      assertThat(page.text()).isEqualTo("h\u00E9\n");
      assertThat(page.toString()).doesNotContain("?b");
    }
  }

  @Test
  void readsLinesInTheCharsetOfAPage() throws IOException {
    try (var server = ScriptedServer.play(PAGE);
        Fetched page = Urls.open(url("http", server, "/a?b"))) {
      assertThat(page.lines()).containsExactly("h\u00E9");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void tellsThatAPageIsNotThere(int status) throws IOException {
    String script =
        "C: GET /a HTTP/1.1\nC: Host: {host}\nC: User-Agent: {agent}\nC: Accept-Encoding: gzip, deflate\nC:\nS: HTTP/1.1 "
            + status + " No\nS: Content-Length: 2\nS:\nS> \"no\"\n";
    try (var server = ScriptedServer.play(script)) {
      NotFoundException e =
          catchThrowableOfType(NotFoundException.class, () -> Urls.open(url("http", server, "/a")));

      assertThat(e.url()).isEqualTo(url("http", server, "/a"));
      assertThat(e).hasMessageContaining(e.url()).hasCauseInstanceOf(HttpStatusException.class);
      assertThat(((HttpStatusException) Objects.requireNonNull(e.getCause()))
              .response()
              .text())
          .isEqualTo("no");
    }
  }

  @Test
  void tellsThatAServerFailed() throws IOException {
    String script =
        "C: GET /a HTTP/1.1\nC: Host: {host}\nC: User-Agent: {agent}\nC: Accept-Encoding: gzip, deflate\nC:\nS: HTTP/1.1 500 No\nS: Content-Length: 0\nS:\n";
    try (var server = ScriptedServer.play(script)) {
      HttpStatusException e = catchThrowableOfType(
          HttpStatusException.class, () -> Urls.open(url("http", server, "/a")));

      assertThat(e.status()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x.test/a", "file:///etc/passwd", "gopher://x.test/", "data:,a"})
  void followsNoRedirectToAnotherScheme(String location) throws IOException {
    String script =
        "C: GET /a HTTP/1.1\nC: Host: {host}\nC: User-Agent: {agent}\nC: Accept-Encoding: gzip, deflate\nC:\nS: HTTP/1.1 302 Go\nS: Location: "
            + location + "\nS: Content-Length: 0\nS:\n";
    UrlOpener opener = Urls.builder().allowFiles(Path.of("/")).build();
    try (var server = ScriptedServer.play(script)) {
      assertThat(catchThrowableOfType(
              PeerProtocolException.class, () -> opener.open(url("http", server, "/a"))))
          .isNotNull();
    }
  }

  @Test
  void countsRedirects() throws IOException {
    String script =
        "C: GET /a HTTP/1.1\nC: Host: {host}\nC: User-Agent: {agent}\nC: Accept-Encoding: gzip, deflate\nC:\nS: HTTP/1.1 302 Go\nS: Location: /b\nS: Content-Length: 0\nS:\n";
    UrlOpener opener = Urls.builder().maxRedirects(0).build();
    try (var server = ScriptedServer.play(script)) {
      HttpStatusException e = catchThrowableOfType(
          HttpStatusException.class, () -> opener.open(url("http", server, "/a")));

      assertThat(e.status()).isEqualTo(302);
      server.verify();
    }
  }

  private static PeerServer.Builder secure() {
    return PeerServer.builder().tls(CERTIFICATE);
  }

  private static UrlOpener trusting() {
    Tls tls = Tls.builder().context(CERTIFICATE.clientContext()).build();
    return Urls.builder().dialer(Dialer.builder().tls(tls).build()).build();
  }

  private static Peer redirecting(String location) {
    return peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 302 Go\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
      peer.readHead();
    };
  }

  @Test
  void followsARedirectToTls() throws IOException {
    try (PeerServer there = secure().start(peer -> {
          peer.readHead();
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        });
        PeerServer first = PeerServer.start(redirecting(url("http", there.endpoint(), "/b")));
        Fetched page = trusting().open(url("http", first.endpoint(), "/a"))) {
      assertThat(page.url()).isEqualTo(url("http", there.endpoint(), "/b"));
      assertThat(page.text()).isEqualTo("hi");
    }
  }

  @Test
  void followsNoRedirectOutOfTls() throws IOException {
    try (PeerServer there = PeerServer.start(PeerConnection::readHead);
        PeerServer first = secure().start(redirecting(url("http", there.endpoint(), "/b")))) {
      String url = url("http", first.endpoint(), "/a");

      assertThat(catchThrowableOfType(
              RefusedResponseException.class, () -> trusting().open(url)))
          .hasMessageContaining("from https to http");
      assertThat(there.connections()).isZero();
    }
  }

  /** Four waits for a rest that never comes would last four seconds. */
  @Test
  void closesWithoutWaitingForTheRestOfAPage() throws IOException {
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
      peer.awaitClosedByPeer(Duration.ofSeconds(30));
    })) {
      Instant begun = Instant.now();

      for (int i = 0; i < 4; i++) {
        Urls.open(url("http", server.endpoint(), "/a")).close();
      }

      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void closesTheContentOfAnOwnerThatFails() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[9]) {
      @Override
      public void close() {
        closed.set(true);
      }
    };
    Endpoint place = Endpoint.tcp("mine.test", 1);
    Incoming content = Incoming.of(in, place, LineOptions.standard());
    Fetched found = Fetched.of("mine:x", Headers.empty(), content, () -> {
      throw new IOException("gone");
    });

    found.close();

    assertThat(closed).isTrue();
  }

  @Test
  void leavesTheAgentOfACallerOpen() throws IOException {
    try (var server = ScriptedServer.play(PAGE);
        HttpAgent agent = HttpAgent.create()) {
      UrlOpener opener = Urls.builder().agent(agent).build();
      try (Fetched page = opener.open(url("http", server, "/a?b"))) {
        page.bytes();
      }

      assertThat(agent.idleConnections()).isEqualTo(1);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void refusesAPageThatWasCut() throws IOException {
    String cut = PAGE.replace("Length: 3", "Length: 30") + "<close>\n";
    try (var server = ScriptedServer.play(cut);
        Fetched page = Urls.open(url("http", server, "/a?b"))) {
      assertThat(catchThrowableOfType(ConnectionClosedException.class, page::bytes))
          .isNotNull();
    }
  }

  private static String data(PeerServer data, String command) {
    return "C: EPSV\nS: 229 go (|||" + data.port() + "|)\nC: " + command
        + "\nS: 150 go\nS: 226 done\n";
  }

  @Test
  void opensAFileOfFtp() throws IOException {
    String facts = "C: SIZE /pub/a b\nS: 213 5\nC: MDTM /pub/a b\nS: 213 20240102030405\n";
    try (PeerServer data = PeerServer.start(peer -> peer.write("hello"));
        var server = ScriptedServer.play(FTP + facts + data(data, "RETR /pub/a b"));
        Fetched file = Urls.open(url("ftp", server, "/%2Fpub/a%20b"))) {
      assertThat(file.length()).hasValue(5);
      assertThat(file.time()).hasValue(Instant.parse("2024-01-02T03:04:05Z"));
      assertThat(file.type()).isEmpty();
      assertThat(file.text()).isEqualTo("hello");
      assertThat(file.url()).isEqualTo(url("ftp", server, "/%2Fpub/a%20b"));
    }
  }

  @Test
  void opensATextOfAServerThatKnowsNoTimes() throws IOException {
    String facts = "C: MDTM a\nS: 500 what\nC: TYPE A\nS: 200 ok\n";
    try (PeerServer data = PeerServer.start(peer -> peer.write("one\r\ntwo\r\n"));
        var server = ScriptedServer.play(FTP + facts + data(data, "RETR a"));
        Fetched file = Urls.open(url("ftp", server, "/a;type=a"))) {
      assertThat(file.length()).isEmpty();
      assertThat(file.time()).isEmpty();
      assertThat(file.lines()).containsExactly("one", "two");
    }
  }

  @Test
  void listsAFolderOfFtp() throws IOException {
    String lines = "-rw-r--r-- 1 a b 5 Jan 02 2024 x\r\ndrwxr-xr-x 1 a b 5 Jan 02 2024 y\r\n";
    try (PeerServer data = PeerServer.start(peer -> peer.write(lines));
        var server = ScriptedServer.play(FTP + "C: CWD a/\nS: 250 ok\n" + data(data, "LIST"));
        Fetched folder = Urls.open(url("ftp", server, "/a/"))) {
      assertThat(folder.type()).hasValue("text/plain; charset=utf-8");
      assertThat(folder.lines()).containsExactly("x", "y/");
    }
  }

  @Test
  void hangsUpOnAFileThatIsLeftUnread() throws Exception {
    String facts = "C: SIZE a\nS: 500 what\nC: MDTM a\nS: 500 what\n";
    String silent = "C: EPSV\nS: 229 go (|||{port}|)\nC: RETR a\nS: 150 go\n";
    CountDownLatch hungUp = new CountDownLatch(1);
    try (PeerServer data = PeerServer.start(peer -> {
          peer.write("hello");
          peer.awaitClosedByPeer(Duration.ofSeconds(30));
          hungUp.countDown();
        });
        var server =
            ScriptedServer.play(FTP + facts + silent.replace("{port}", "" + data.port()))) {
      Fetched file = Urls.open(url("ftp", server, "/a"));
      file.close();
      file.close();

      assertThatThrownBy(file::bytes).isInstanceOf(ClientClosedException.class);
      assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
      server.verify();
    }
  }

  @Test
  void withstandsBadServers() throws IOException {
    UrlOpener opener = hurried();
    for (String scheme : List.of("http", "ftp")) {
      HostilePeers.builder().run(server -> {
        try (Fetched page = opener.open(url(scheme, server, "/a"))) {
          page.bytes();
        }
      });
    }
    HostilePeers.builder()
        .without("hangs up", "garbage")
        .run(server -> opener.open(url("gopher", server, "/1/a")).close());
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(PAGE, server -> {
      try (Fetched page = Urls.open("http://" + server.authority() + "/a?b")) {
        assertThat(page.bytes()).hasSize(3);
      }
    });
    CutPoints.everyCutPoint(FTP + "C: CWD a\nS: 550 no\n", server -> {
      try {
        Urls.open("ftp://" + server.authority() + "/a;type=d").close();
      } catch (NotFoundException e) {
        assertThat(e).hasCauseInstanceOf(FtpException.class);
      }
    });
  }

  @Test
  void tellsThatAFileOfFtpIsNotThere() throws IOException {
    String script = FTP + "C: CWD a\nS: 550 no such folder\n";
    try (var server = ScriptedServer.play(script)) {
      NotFoundException e = catchThrowableOfType(
          NotFoundException.class, () -> Urls.open(url("ftp", server, "/a;type=d")));

      assertThat(e).hasCauseInstanceOf(FtpException.class);
    }
  }

  @Test
  void logsInWithUserInfoThatIsAllowed() throws IOException {
    String script = FTP.replace("USER anonymous", "USER j@e").replace("anonymous@", "a:b")
        + "C: CWD a/\nS: 421 gone\n<close>\n";
    UrlOpener opener = Urls.builder().allowUserInfo().build();
    try (var server = ScriptedServer.play(script)) {
      String url = url("ftp", server, "/a/").replace("//", "//j%40e:a%3Ab@");
      FtpException e = catchThrowableOfType(FtpException.class, () -> opener.open(url));

      assertThat(e.code()).isEqualTo(421);
      assertThat(e).hasMessageNotContaining("a:b");
    }
  }

  @ParameterizedTest
  @CsvSource({"/a,i", "/a;type=a,a", "/a;type=D,d", "/a/,d", "'',d", "/,d", "/a/;type=i,i"})
  void knowsTheTypeOfAPath(String path, char type) {
    assertThat(FtpScheme.type(path)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"/a,a", "/%2Fa/b,/a/b", "//a,/a", "/a;type=a,a", "'',''", "/a?b,a?b"})
  void knowsTheNameInAPath(String path, String name) {
    assertThat(FtpScheme.path(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/0/about, /about, text/plain; charset=utf-8",
    "/0about?x%20y, about?x y, text/plain; charset=utf-8",
    "/9/data, /data, application/octet-stream",
    "/h/page, /page, text/html"
  })
  void opensAnItemOfGopher(String path, String selector, String type) throws IOException {
    try (var server =
            ScriptedServer.play("C: " + selector + "\nS> \"h\\xC3\\xA9\\r\\n\"\n<close>\n");
        Fetched item = Urls.open(url("gopher", server, path))) {
      assertThat(item.type()).hasValue(type);
      assertThat(item.text()).isEqualTo("h\u00E9\r\n");
    }
  }

  @Test
  void takesTheDotFromATextOfGopher() throws IOException {
    try (var server = ScriptedServer.play("C: a\nS: one\nS: ..two\nS: .\n<close>\n");
        Fetched text = Urls.open(url("gopher", server, "/0a"))) {
      assertThat(text.length()).hasValue(11);
      assertThat(text.lines()).containsExactly("one", ".two");
    }
  }

  @ParameterizedTest
  @CsvSource({"/7/find%09a+b c, 'C> \"/find\\ta+b c\\r\\n\"'", "'', C:", "/1, C:", "/1/m, C: /m"})
  void opensAMenuOfGopher(String path, String asked) throws IOException {
    String script = asked + "\nS> \"0Read\\t/r\\tg.test\\t70\\r\\n.\\r\\n\"\n";
    try (var server = ScriptedServer.play(script);
        Fetched menu = Urls.open(url("gopher", server, path.replace(" ", "%20")))) {
      assertThat(menu.type()).hasValue("application/gopher-menu; charset=utf-8");
      assertThat(menu.lines()).containsExactly("0Read\t/r\tg.test\t70");
    }
  }

  @Test
  void speaksTlsToGophers() throws IOException {
    try (PeerServer server = secure().start(peer -> {
          peer.readLine();
          peer.write("hello");
        });
        Fetched text = trusting().open("gophers://" + server.endpoint().authority() + "/0a")) {
      assertThat(text.text()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:,A%20brief%20note | A brief note | text/plain;charset=US-ASCII",
        "data:text/html;charset=utf-8,%C3%A9 | \u00E9 | text/html;charset=utf-8",
        "DATA:;charset=iso-8859-1;BASE64,6Q | \u00E9 | text/plain;charset=iso-8859-1",
        "data:application/x;base64,aGk%3D#part | hi | application/x"
      })
  void opensData(String url, String text, String type) throws IOException {
    try (Fetched data = Urls.open(url)) {
      assertThat(data.type()).hasValue(type);
      assertThat(data.time()).isEmpty();
      assertThat(data.text()).isEqualTo(text);
    }
  }

  @Test
  void readsLinesOfACharsetWithLineEndsOfItsOwn() throws IOException {
    try (Fetched data = Urls.open("data:;charset=utf-16le,a%00%0A%00b%00")) {
      assertThat(data.lines()).containsExactly("a", "b");
    }
    try (Fetched data = Urls.open("data:application/x,%FF%FEa%00")) {
      assertThat(data.text(UTF_16LE)).isEqualTo("a");
    }
  }

  @Test
  void refusesDataThatIsNotText() throws IOException {
    try (Fetched data = Urls.open("data:,%FF")) {
      assertThat(catchThrowableOfType(PeerProtocolException.class, data::text)).isNotNull();
    }
  }

  @Test
  void opensFilesBelowAFolder(@TempDir Path outer) throws IOException {
    Path folder = Files.createDirectories(outer.resolve("in"));
    Path file = Files.writeString(folder.resolve("a b"), "hello\n");
    Files.createDirectory(folder.resolve("c"));
    Files.writeString(outer.resolve("secret"), "x");
    Files.createSymbolicLink(folder.resolve("link"), outer.resolve("secret"));
    UrlOpener opener = Urls.builder().allowFiles(folder).build();
    String base = "file://" + folder.toUri().getRawPath();

    try (Fetched found = opener.open(base + "a%20b")) {
      assertThat(found.length()).hasValue(6);
      assertThat(found.time())
          .hasValue(
              Instant.ofEpochSecond(Files.getLastModifiedTime(file).toInstant().getEpochSecond()));
      Path copy = outer.resolve("copy");
      found.saveTo(copy);
      assertThat(copy).hasContent("hello\n");
    }
    try (Fetched names = opener.open(base.replace("file://", "FILE://localhost"))) {
      assertThat(names.lines()).containsExactly("a b", "c/", "link");
    }
    for (String path : new String[] {"none", "../secret", "%2e%2e/secret", "link", "a%20b/x"}) {
      assertThat(catchThrowableOfType(NotFoundException.class, () -> opener.open(base + path)))
          .hasCauseInstanceOf(java.nio.file.FileSystemException.class);
    }
  }

  @Test
  void usesASchemeOfOnesOwn() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    UrlOpener opener = Urls.builder()
        .scheme(
            "mine",
            url -> Fetched.of(
                url,
                Headers.empty(),
                Incoming.of(
                    new ByteArrayInputStream(url.getBytes(StandardCharsets.UTF_8)),
                    Endpoint.tcp("mine.test", 1),
                    LineOptions.standard()),
                () -> closed.set(true)))
        .build();

    try (Fetched found = opener.open("Mine:x")) {
      assertThat(found.length()).isEmpty();
      assertThat(found.type()).isEmpty();
      assertThat(found.body().read()).isEqualTo('M');
      assertThat(found.text()).isEqualTo("ine:x");
    }

    assertThat(closed).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Urls.open("mine://x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mailto://x | one of data, ftp, ftps, gopher, gophers, http, https",
        "file:///etc/passwd | \"file\" is not one of",
        "file:/etc/passwd | allowFiles",
        "example.org/x | perhaps \"https://example.org/x\" is meant",
        "localhost:8080/x | perhaps \"http://localhost:8080/x\" is meant",
        "ftp:x | is not \"//\" and a host",
        "ftp://h.test/a%0D%0ADELE%20b | path of the URL has a control character",
        "ftp://h.test/a%00 | control character",
        "ftp://h.test/%c2%85 | control character",
        "ftp://h.test/%FF | not UTF-8",
        "ftp://h.test/%0 | percent sign",
        "ftp://h.test/a;type=x | a, i or d",
        "ftp://h.test/a b | blank",
        "ftp://u:s3cret@h.test/ | has user info",
        "http://u:s3cret@h.test/ | has user info",
        "gopher://u:s3cret@h.test/ | has user info",
        "gopher://h.test/0a%0D%0Ab | control character",
        "gopher://h.test/0a%09b | control character",
        "gopher://h.test/7a%09b%09c | control character",
        "gopher://h.test/9%00 | control character",
        "gopher://h.test/%39data | type of a Gopher URL",
        "data:text/plain | comma",
        "data:text/plain#,x | comma",
        "data:a%0Ab,x | media type of the URL has a control character",
        "data:;base64,* | base64",
        "data:,a b | does not belong there"
      })
  void refusesUrls(String url, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Urls.open(url))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:a", "file://h.test/a", "file:////h/a", "file:///a%00", "file://x"})
  void refusesFiles(String url) {
    UrlOpener opener = Urls.builder().allowFiles(Path.of("/")).build();

    assertThatIllegalArgumentException().isThrownBy(() -> opener.open(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gemini", "", "tls", "a b"})
  void refusesNamesOfSchemes(String name) {
    UrlOpener.Builder builder = Urls.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.scheme(name, Urls::open));
  }
}
