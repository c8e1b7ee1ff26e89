package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.Tls;
import dev.wireline.testing.FolderServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that fetches a URL. */
@Timeout(30)
class GetTest {
  private static final String HELLO =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  private static RawServer saying(String... answers) throws IOException {
    return RawServer.answering(Stream.of(answers).map(RawAnswer::of).toArray(RawAnswer[]::new));
  }

  private static String url(RawServer server) {
    return "http://" + server.endpoint() + "/";
  }

  @Test
  void printsADocument() throws Exception {
    try (RawServer server = saying(HELLO)) {
      int code = typed.run("get", url(server));

      assertThat(typed.out()).isEqualTo("hello");
      assertThat(typed.err()).isEmpty();
      assertThat(code).isZero();
    }
  }

  @Test
  void printsTheHeadTooOrAlone() throws Exception {
    try (RawServer server = saying(HELLO)) {
      typed.run("get", "-i", url(server));

      assertThat(typed.out())
          .isEqualTo("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 5\n\nhello");
    }
    Typed head = new Typed();
    try (RawServer server = saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")) {
      head.run("get", "-I", url(server));

      assertThat(server.requests().get(0).head()).startsWith("HEAD / HTTP/1.1\r\n");
      assertThat(head.out()).isEqualTo("HTTP/1.1 200 OK\nContent-Length: 5\n\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, ''", "false, '1'"})
  void coloursAreForTerminalsOfPeopleWhoWantThem(boolean coloured, String noColor)
      throws Exception {
    try (RawServer server = saying(HELLO)) {
      typed.onTerminal().environment(Map.of("NO_COLOR", noColor)).run("get", "-i", url(server));

      assertThat(typed.out().contains("\033[36mContent-Type\033[0m: text/plain"))
          .isEqualTo(coloured);
    }
  }

  @Test
  void aTerminalIsShownWhatItWouldActOn() throws Exception {
    try (RawServer server = saying("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\033[2Jboo\n")) {
      typed.onTerminal().run("get", url(server));

      assertThat(typed.out()).isEqualTo("^[[2Jboo\n");
    }
  }

  @Test
  void aTerminalIsSparedWhatIsNotText() throws Exception {
    String binary = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\0b";
    try (RawServer server = saying(binary, binary)) {
      int refused = typed.onTerminal().run("get", url(server));

      assertThat(typed.out()).isEmpty();
      assertThat(typed.err())
          .isEqualTo("wireline: what came is not text: -o FILE saves it,"
              + " -o - shows it all the same\n");
      assertThat(refused).isEqualTo(ExitCode.LOCAL);
      assertThat(typed.run("get", "-o", "-", url(server))).isZero();
      assertThat(typed.out()).isEqualTo("a^@b");
    }
  }

  @Test
  void aHyphenIsTheOutput() throws Exception {
    try (RawServer server = saying(HELLO)) {
      int code = typed.run("get", "-o", "-", url(server));

      assertThat(typed.out()).isEqualTo("hello");
      assertThat(code).isZero();
      assertThat(Path.of("-")).doesNotExist();
    }
  }

  @Test
  void aLongInputIsSentAsItComes() throws Exception {
    String longer = "x".repeat(3 * 1024 * 1024);
    try (RawServer server = saying(HELLO)) {
      int code = typed.input(longer).run("get", "-d", "@-", url(server));

      assertThat(code).isZero();
      assertThat(server.requests().get(0).head()).contains("Transfer-Encoding: chunked");
      assertThat(server.requests().get(0).bodyText()).isEqualTo(longer);
    }
  }

  @Test
  void thePageOfAnErrorIsPrintedAndTheExitCodeSaysSo() throws Exception {
    try (RawServer server = saying("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")) {
      int code = typed.run("get", url(server));

      assertThat(code).isEqualTo(ExitCode.REFUSED);
      assertThat(typed.out()).isEqualTo("gone");
      assertThat(typed.err()).isEqualTo("wireline: the server answered 404 Not Found\n");
    }
  }

  @Test
  void thePageOfAnErrorDoesNotTakeThePlaceOfAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("page"), "before");
    try (RawServer server = saying("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops")) {
      int code = typed.run("get", "-o", file.toString(), url(server));

      assertThat(code).isEqualTo(ExitCode.REFUSED);
      assertThat(file).hasContent("before");
      assertThat(typed.err()).startsWith("wireline: ").contains("500");
    }
  }

  @Test
  void aFileAppearsWhenItIsWhole() throws Exception {
    Path file = folder.resolve("page");
    try (RawServer server = RawServer.answering(
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").thenClose(),
        RawAnswer.of(HELLO))) {
      int cut = typed.run("get", "-o", file.toString(), url(server));

      assertThat(cut).isEqualTo(ExitCode.CUT);
      assertThat(folder).isEmptyDirectory();
      assertThat(new Typed().run("get", "-o", file.toString(), url(server))).isZero();
      assertThat(file).hasContent("hello");
    }
  }

  @Test
  void aBarShowsOnATerminalHowFarADownloadIs() throws Exception {
    Path file = folder.resolve("page");
    try (RawServer server = saying(HELLO)) {
      typed.onTerminal().run("get", "-o", file.toString(), url(server));

      assertThat(typed.err()).contains("100 %  5 B of 5 B").endsWith("\n");
    }
    assertThat(Progress.bar(1536, 3072, 1_000_000_000L))
        .isEqualTo("[###############               ]  50 %  1.5 KiB of 3.0 KiB  1.5 KiB/s");
    assertThat(Progress.bar(5, -1, 0)).isEqualTo("5 B");
  }

  @Test
  void aDownloadGoesOnWhereItStopped() throws Exception {
    Path file = folder.resolve("page");
    RawAnswer half =
        RawAnswer.of("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 9\r\n\r\nhalf");
    RawAnswer rest = RawAnswer.of("HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\n"
        + "Content-Range: bytes 4-8/9\r\nContent-Length: 5\r\n\r\nhello");
    try (RawServer server = RawServer.answering(half.thenClose(), rest)) {
      String[] command = {"get", "--resume", "-o", file.toString(), url(server)};

      int first = typed.run(command);
      int second = typed.run(command);

      assertThat(first).isEqualTo(ExitCode.CUT);
      assertThat(second).isZero();

      assertThat(file).hasContent("halfhello");
      assertThat(server.requests().get(1).head()).contains("Range: bytes=4-");
    }
  }

  @Test
  void sendsWhatIsAskedFor() throws Exception {
    try (RawServer server = saying(HELLO)) {
      typed.run(
          "get",
          "-X",
          "PUT",
          "-H",
          "X-Id: 7",
          "--json",
          "{\"a\":1}",
          "-v",
          "-H",
          "X-Api-Key: hush",
          url(server));

      String head = server.requests().get(0).head();
      assertThat(head).startsWith("PUT / HTTP/1.1\r\n").contains("X-Id: 7\r\n", "X-Api-Key: hush");
      assertThat(head).contains("Content-Type: application/json\r\n");
      assertThat(server.requests().get(0).bodyText()).isEqualTo("{\"a\":1}");
      assertThat(typed.err())
          .contains("C: PUT / HTTP/1.1\n", "C: X-Api-Key: ***\n", "S: HTTP/1.1 200 OK\n")
          .doesNotContain("hush");
    }
  }

  @Test
  void sendsFormsFilesAndTheInput() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "of a file");
    try (RawServer server = saying(HELLO, HELLO, HELLO)) {
      typed.run("get", "-d", "a=1", "-d", "b=x y", url(server));
      typed.run("get", "-F", "a=1", "-F", "f=@" + file, url(server));
      typed.input("typed").run("get", "-d", "@-", url(server));

      assertThat(server.requests().get(0).bodyText()).isEqualTo("a=1&b=x+y");
      assertThat(server.requests().get(1).bodyText()).contains("of a file", "filename=\"a.txt\"");
      assertThat(server.requests().get(2).bodyText()).isEqualTo("typed");
    }
  }

  @Test
  void logsIn() throws Exception {
    try (RawServer server = saying(
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n",
        HELLO)) {
      int code = typed.run("get", "-u", "ann:secret", "-v", url(server));

      assertThat(code).isZero();
      assertThat(server.requests().get(1).head()).contains("Authorization: Basic YW5uOnNlY3JldA==");
      assertThat(typed.err()).doesNotContain("YW5uOnNlY3JldA", "secret");
    }
  }

  @Test
  void takesAPasswordFromWhereOthersCannotReadIt() throws Exception {
    String challenge =
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n";
    Path file = Files.writeString(folder.resolve("password"), "of a file\nand more\n");
    try (RawServer server = saying(challenge, HELLO, challenge, HELLO, challenge, HELLO)) {
      typed
          .environment(Map.of("WIRELINE_PASSWORD", "known"))
          .run("get", "-u", "ann", "--password-file", file.toString(), url(server));
      typed.run("get", "-u", "ann", url(server));
      typed.input("typed\n").run("get", "-u", "ann", "--password-file", "-", url(server));

      assertThat(server.requests().get(1).head()).contains(basic("ann:of a file"));
      assertThat(server.requests().get(3).head()).contains(basic("ann:known"));
      assertThat(server.requests().get(5).head()).contains(basic("ann:typed"));
    }
  }

  private static String basic(String login) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
  }

  @Test
  void takesATokenFromTheEnvironment() throws Exception {
    try (RawServer server = saying(HELLO, HELLO)) {
      typed
          .environment(Map.of("WIRELINE_PASSWORD", "t0ken"))
          .run("get", "--auth", "bearer", url(server));
      typed.environment(Map.of()).run("get", "--auth", "bearer", url(server));

      assertThat(server.requests().get(0).head()).contains("Authorization: Bearer t0ken\r\n");
      assertThat(server.requests().get(1).head()).doesNotContain("Authorization");
    }
  }

  @Test
  void keepsCookiesInAFile() throws Exception {
    Path file = folder.resolve("cookies.txt");
    try (RawServer server =
        saying("HTTP/1.1 200 OK\r\nSet-Cookie: id=7; Path=/\r\nContent-Length: 0\r\n\r\n", HELLO)) {
      typed.run("get", "--cookies", file.toString(), url(server));
      typed.run("get", "--cookies", file.toString(), url(server));

      assertThat(file).content().contains("127.0.0.1\tFALSE\t/\tFALSE\t0\tid\t7\n");
      assertThat(server.requests().get(1).head()).contains("Cookie: id=7\r\n");
    }
  }

  @Test
  void followsRedirectsUnlessToldNotTo() throws Exception {
    String moved = "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = saying(moved, HELLO, moved)) {
      typed.run("get", url(server));
      Typed staying = new Typed();
      int code = staying.run("get", "--no-follow", "-i", url(server));

      assertThat(typed.out()).isEqualTo("hello");
      assertThat(code).isZero();
      assertThat(staying.out()).startsWith("HTTP/1.1 302 Found\n");
    }
  }

  @Test
  void triesAgainWhereItIsTold() throws Exception {
    try (RawServer server =
        saying("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n", HELLO)) {
      int code = typed.run("get", "--retries", "2", url(server));

      assertThat(code).isZero();
      assertThat(typed.out()).isEqualTo("hello");
    }
  }

  @Test
  void showsWhereTheTimeWent() throws Exception {
    try (RawServer server = saying(HELLO)) {
      typed.run("get", "--time", url(server));

      assertThat(typed.err().lines())
          .extracting(line -> line.substring(0, 14).strip())
          .containsExactly("start", "connect", "send", "wait", "head", "body");
      assertThat(typed.err().lines()).allMatch(line -> line.contains(" ms |"));
    }
  }

  @Test
  void goesThroughAProxy() throws Exception {
    try (RawServer proxy = saying(HELLO)) {
      typed.run("get", "--proxy", "http://" + proxy.endpoint(), "http://target.invalid/a");
      assertThat(typed.out()).isEqualTo("hello");
      assertThat(proxy.requests().get(0).head()).startsWith("GET http://target.invalid/a ");
    }
  }

  @Test
  void trustsByAnAuthorityOrAKeyOrNotAtAll() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    Files.writeString(folder.resolve("index.html"), "safe");
    try (FolderServer server = FolderServer.builder(folder).tls(certificate).start()) {
      String url = "https://" + server.endpoint().authority() + "/";

      assertThat(typed.run("get", url)).isEqualTo(ExitCode.TLS);
      assertThat(typed.err()).startsWith("wireline: TLS handshake with");
      assertThat(typed.run("get", "--trust-key", Tls.pin(certificate.certificate()), url))
          .isZero();
      assertThat(typed.out()).isEqualTo("safe");
    }
  }

  @Test
  void fetchesByFtp() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("content"));
        ScriptedServer server = ScriptedServer.play(ftp(data.port()))) {
      int code = typed.run("get", "ftp://" + server.endpoint() + "/a.txt");

      server.verify();
      assertThat(typed.out()).isEqualTo("content");
      assertThat(code).isZero();
    }
  }

  private static String ftp(int dataPort) {
    return """
        S: 220 ready
        C: FEAT
        S: 211-can
        S:  SIZE
        S: 211 do
        C: USER anonymous
        S: 230 in
        C: TYPE I
        S: 200 ok
        C: EPSV
        S: 229 ok (|||PORT|)
        C: RETR a.txt
        S: 150 here
        S: 226 done
        C: QUIT
        S: 221 bye
        """.replace("PORT", String.valueOf(dataPort));
  }

  @Test
  void fetchesWhatIsInTheUrlOrOnThisHost() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "of a file");

    assertThat(typed.run("get", "data:,of%20a%20URL%20")).isZero();
    assertThat(typed.run("get", file.toUri().toString())).isZero();
    assertThat(typed.out()).isEqualTo("of a URL of a file");
    assertThat(typed.run("get", folder.resolve("none").toUri().toString()))
        .isEqualTo(ExitCode.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/ --resume, --resume goes on with a file",
    "nonsense, the scheme",
    "-k https://example.org/, No option trusts everybody",
    "http://example.org/ -d plain, --json and --data @FILE send a body as it is",
    "ftp://example.org/a --netrc none, are for http and https",
    "gopher://example.org/ --no-follow, are for http and https",
    "ftp://example.org/a -X PUT, are for http and https",
    "http://example.org/ -d a=b --json {}, one body",
    "http://example.org/ -H nonsense, Name: value",
    "http://example.org/ --timeout never, is not a time",
    "http://example.org/ --auth magic -u a:b, --auth is",
    "http://example.org/ -u ann, no terminal to ask",
    "'', Missing required parameter: 'URL'"
  })
  void aWrongCommandDialsNobody(String command, String complaint) {
    int code = typed.run(Stream.concat(Stream.of("get"), Stream.of(command.split(" ", -1)))
        .filter(word -> !word.isEmpty())
        .toArray(String[]::new));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(typed.err()).startsWith("wireline: ").contains(complaint);
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void eachKindOfFailureHasItsExitCode() throws Exception {
    try (Socket taken = new Socket()) {
      // Bound by somebody who does not listen: nobody else can.
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + taken.getLocalPort() + "/";
      assertThat(typed.run("get", url)).isEqualTo(ExitCode.UNREACHABLE);
    }
    assertThat(typed.run("get", "http://nobody.invalid/")).isEqualTo(ExitCode.UNRESOLVED);
    try (PeerServer server = PeerServer.start(peer -> peer.write("nonsense\r\n\r\n"))) {
      assertThat(typed.run("get", "http://" + server.endpoint() + "/"))
          .isEqualTo(ExitCode.NONSENSE);
    }
    try (PeerServer server = PeerServer.start(peer -> peer.hold())) {
      String url = "http://" + server.endpoint() + "/";
      assertThat(typed.run("get", "--silence-timeout", "50ms", url)).isEqualTo(ExitCode.TIMEOUT);
    }
    try (PeerServer server = PeerServer.start(peer -> peer.readHead())) {
      assertThat(typed.run("get", "http://" + server.endpoint() + "/")).isEqualTo(ExitCode.CUT);
    }
    assertThat(typed.run("get", "-o", folder + "/none/a", "data:,a")).isEqualTo(ExitCode.LOCAL);
    assertThat(typed.err()).contains("/none/a: its folder is not there");
    Typed keeping = new Typed();
    assertThat(keeping.run("get", "--cookies", folder + "/none/c", "http://nobody.invalid/"))
        .isEqualTo(ExitCode.LOCAL);
    assertThat(keeping.err()).contains("/none/c: its folder is not there");
  }

  @Test
  void aClosedPipeEndsQuietly() throws Exception {
    OutputStream gone = new PipeOutput(new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException("Broken pipe");
      }
    });
    try (RawServer server = saying(HELLO)) {
      int code = typed.output(gone).run("get", url(server));

      assertThat(code).isEqualTo(ExitCode.CLOSED_PIPE);
      assertThat(typed.err()).isEmpty();
    }
  }
}
