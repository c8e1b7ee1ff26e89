package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.line.LineClient;
import dev.wireline.testing.PlainClient.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RecorderTest {

  private static final String LOGIN = """
      S: 220 ready
      C: USER ann
      S: 331 go on
      C: PASS {*}
      S: 230 hello ann
      C: QUIT
      S: 221 bye
      <close>
      """;

  @TempDir
  private Path folder;

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static String login(Endpoint server) throws IOException {
    try (LineClient client = new LineClient(server)) {
      String said = client.readLine() + "|";
      for (String line : List.of("USER ann", "PASS s3cret", "QUIT")) {
        client.writeLine(line);
        said += client.readLine() + "|";
      }
      return said + client.readLineOrEnd().isEmpty();
    }
  }

  @Test
  void writesAConversationThatReplays() throws Exception {
    String script;
    try (ScriptedServer real = ScriptedServer.play(LOGIN);
        Recorder recorder =
            Recorder.builder(real.endpoint()).secretBehind("pass ").start()) {
      login(recorder.endpoint());
      real.verify();
      script = recorder.script();
    }

    assertThat(script).isEqualTo(LOGIN);
    try (ScriptedServer server = ScriptedServer.play(script)) {
      assertThat(login(server.endpoint()))
          .isEqualTo("220 ready|331 go on|230 hello ann|221 bye|true");
      server.verify();
    }
  }

  @Test
  void writesAFileThatReplays() throws Exception {
    Path file = folder.resolve("login.script");
    try (ScriptedServer real = ScriptedServer.play(LOGIN);
        Recorder recorder = Recorder.of(real.endpoint())) {
      login(recorder.endpoint());
      recorder.saveTo(file);
    }

    assertThat(Files.readString(file)).isEqualTo(LOGIN.replace("{*}", "s3cret"));
    try (ScriptedServer server = ScriptedServer.playFile(file)) {
      login(server.endpoint());
      server.verify();
    }
  }

  @Test
  void recordsAnHttpClient() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: id=tok\r\n\r\ntoken";
    String script;
    try (RawServer real = RawServer.answering(RawAnswer.of(answer));
        Recorder recorder = Recorder.builder(real.endpoint()).secret("tok").start()) {
      get(recorder.endpoint());
      script = recorder.script();
    }

    assertThat(script)
        .contains(
            "C: GET / HTTP/1.1\n",
            "\nC: Host: {*}\n",
            "\nC:\nS: HTTP/1.1 200 OK\n",
            "S: Set-Cookie: id=***\n")
        .endsWith("S:\nS> \"***en\"\n");
    try (ScriptedServer server = ScriptedServer.play(script)) {
      assertThat(get(server.endpoint())).isEqualTo("***en");
      server.verify();
    }
  }

  private static String get(Endpoint server) throws IOException {
    try (HttpClient http = new HttpClient(server)) {
      return http.get("/").text();
    }
  }

  /** Says what stands in a script, and takes what it says: the other side of a ScriptedServer. */
  private static String talk(PlainClient client, String... turns) throws IOException {
    StringBuilder heard = new StringBuilder();
    for (String turn : turns) {
      client.sendBytes(turn);
      heard.append(client.readBytes(turn.length()));
    }
    return heard.toString();
  }

  private static String recordEcho(Recorder.Builder builder, String... turns) throws IOException {
    try (Recorder recorder = builder.start();
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      talk(client, turns);
      return recorder.script();
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("lines")
  void writesEachLineSoThatItMeansItself(String said, String written) throws Exception {
    String script;
    try (EchoServer real = EchoServer.start()) {
      script = recordEcho(Recorder.builder(real.endpoint()), said);
    }

    assertThat(script).isEqualTo(written + "\n" + written.replaceAll("(?m)^C", "S") + "\n");
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(talk(client, said)).isEqualTo(said);
      server.verify();
    }
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments("QUIT\r\n", "C: QUIT"),
        arguments("\r\n", "C:"),
        arguments("  two\r\n", "C:   two"),
        arguments("+ \r\n", "C> \"+ \\r\\n\""),
        arguments("# no comment\r\n", "C: # no comment"),
        arguments("<close>\r\n", "C: <close>"),
        arguments("S: x\r\n", "C: S: x"),
        arguments("{name}\r\n", "C: {{}name}"),
        arguments("{*}\r\n", "C: {{}*}"),
        arguments("a{b{name*}}\r\n", "C: a{b{{}name*}}"),
        arguments("{{}\r\n", "C: {{}{}"),
        arguments("{|}\r\n", "C: {{}|}"),
        arguments("{\"a\":{\"b\":1}} {5}\r\n", "C: {\"a\":{\"b\":1}} {5}"),
        arguments("a|b\r\n", "C: a|b"),
        arguments("a | | b\r\n", "C: a {|} {|} b"),
        arguments("{a | b}\r\n", "C: {a {|} b}"),
        arguments("FETCH \\Seen\r\n", "C: FETCH \\Seen"),
        arguments("gr\u00c3\u00bc\u00c3\u009f\r\n", "C: gr\u00fc\u00df"),
        arguments("gr\u00fc\r\n", "C> \"gr\\xfc\\r\\n\""),
        arguments("bare\n", "C> \"bare\\n\""),
        arguments("a\rb\r\n", "C> \"a\\rb\\r\\n\""),
        arguments("tab\there\r\n", "C> \"tab\\there\\r\\n\""),
        arguments("no end", "C> \"no end\""),
        arguments("\u0000\u00ff\"\\", "C> \"\\x00\\xff\\\"\\\\\""),
        arguments("\u00e2\u0080\u00ae\r\n", "C> \"\\xe2\\x80\\xae\\r\\n\""),
        arguments("one\r\ntwo", "C: one\nC> \"two\""),
        arguments("x".repeat(70), "C> \"" + "x".repeat(64) + "\"\nC> \"xxxxxx\""),
        arguments("x".repeat(5000) + "\r\n", "C: " + "x".repeat(5000)));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("secrets")
  void writesNoSecret(String[] turns, String other, String written) throws Exception {
    String script;
    try (EchoServer real = EchoServer.start()) {
      Recorder.Builder builder = Recorder.builder(real.endpoint())
          .secret("s3cret", "gr\u00fcn")
          .secretBehind("PASS ", "Cookie: ");
      script = recordEcho(builder, turns);
    }

    assertThat(script).isEqualTo(written + "\n");
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.sendBytes(other);
      client.readBytes(String.join("", turns).length());
      server.verify();
    }
  }

  static Stream<Arguments> secrets() {
    return Stream.of(
        secret("LOGIN ann s3cret x\r\n", "LOGIN ann x x\r\n", "C: LOGIN ann {*} x"),
        secret("pass a b\r\n", "pass \r\n", "C: pass {*}"),
        secret("PASS\r\n", "PASS\r\n", "C: PASS"),
        secret("x PASS y\r\n", "x PASS y\r\n", "C: x PASS y"),
        secret("Cookie: {a}s3cret\r\n", "Cookie: \r\n", "C: Cookie: {*}"),
        secret("{s3cret} s3crets3cret\r\n", "{a} b\r\n", "C: {{*}} {*}"),
        secret("gr\u00c3\u00bcn\r\n", "\r\n", "C: {*}"),
        secret("PASS two \r\n", "PASS x\r\n", "C: PASS {*}"),
        secret("a=s3cret", "a=123456", "C> \"a=\\?\\?\\?\\?\\?\\?\""),
        folded("cookie:s3\r\n", "C: cookie:{*}\nS: cookie:**"),
        folded("Cookie: a\r\n b=c\r\n\td\r\nX: y\r\n", """
            C: Cookie: {*}
            C:  {*}
            C> "\\t\\?\\r\\n"
            C: X: y
            S: Cookie: *
            S:  ***
            S> "\\t*\\r\\n"
            S: X: y"""),
        folded("x s3\r\ncr\r\net y\r\n", """
            C: x {*}
            C: {*}
            C: {*} y
            S: x **
            S: **
            S: ** y"""),
        folded("A: s3c \r\n  ret y\r\n", """
            C: A: {*}
            C:   {*} y
            S: A: ****
            S:   *** y"""),
        folded("s3\r\nc x\r\n", """
            C: s3
            C: c x
            S: s3
            S: c x"""),
        secret("PASS x\n", "PASS y\n", "C> \"PASS \\?\\n\""),
        arguments(
            new String[] {"x s3c", "ret\r\n"},
            "x abcwhatever\r\n",
            "C> \"x \\?\\?\\?\"\nS> \"x ***\"\nC: {*}\nS: ***"),
        arguments(new String[] {"a=s3cre"}, "a=12345", "C> \"a=\\?\\?\\?\\?\\?\"\nS> \"a=*****\""),
        arguments(new String[] {"gr\u00c3\u00bc"}, "1234", "C> \"\\?\\?\\?\\?\"\nS> \"****\""),
        arguments(new String[] {"is"}, "is", "C> \"is\"\nS> \"is\""));
  }

  private static Arguments folded(String said, String written) {
    return arguments(new String[] {said}, said, written);
  }

  private static Arguments secret(String said, String other, String written) {
    String echo = said.replaceAll("s3cret", "******").replace("gr\u00c3\u00bcn", "*****");
    String shown = echo.replaceFirst("(?i)^(PASS |Cookie: )", "");
    int kept = echo.length() - shown.length();
    if (kept > 0) {
      echo = echo.substring(0, kept) + shown.replaceAll("[^\r\n]", "*");
    }
    String answer =
        echo.endsWith("\r\n") ? "S: " + echo.strip() : "S> \"" + echo.replace("\n", "\\n") + "\"";
    return arguments(new String[] {said}, other, written + "\n" + answer);
  }

  @Test
  void keepsTheConnectionsInTheOrderOfTheClients() throws Exception {
    String script;
    try (EchoServer real = EchoServer.start();
        Recorder recorder = Recorder.of(real.endpoint())) {
      try (PlainClient first = PlainClient.connect(recorder.endpoint())) {
        talk(first, "one\r\n");
      }
      try (PlainClient second = PlainClient.connect(recorder.endpoint())) {
        talk(second, "two\r\n");
        try (PlainClient third = PlainClient.connect(recorder.endpoint())) {
          talk(third, "three\r\n");
          talk(second, "four\r\n");
        }
      }
      script = recorder.script();
      assertThat(recorder.connections()).isEqualTo(3);
    }

    assertThat(script).isEqualTo("""
        C: one
        S: one
        <next connection>
        C: two
        S: two
        C: four
        S: four
        <next connection>
        C: three
        S: three
        """);
  }

  @Test
  void recordsAClientThatSaysNothing() throws Exception {
    try (PeerServer real = PeerServer.start(PeerConnection::hold);
        Recorder recorder = Recorder.of(real.endpoint());
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      real.awaitConnections(1, Duration.ofSeconds(20));
      client.shutdownOutput();

      assertThat(recorder.script()).isEqualTo("S> \"\"\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void recordsHowTheServerEnds(String ending, boolean goesOn, String written) throws Exception {
    String script;
    try (ScriptedServer real = ScriptedServer.play(ending);
        Recorder recorder = Recorder.of(real.endpoint())) {
      end(recorder.endpoint(), goesOn);
      real.verify();
      script = recorder.script();
    }

    assertThat(script).isEqualTo(written);
    try (ScriptedServer server = ScriptedServer.play(script)) {
      end(server.endpoint(), goesOn);
      server.verify();
    }
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        arguments("S: a\n<close>", false, "S: a\n<close>\n"),
        arguments("S: a\n<cut>", false, "S: a\n<close>\n"),
        arguments("S: a\nC: b\n<reset>", true, "S: a\nC: b\n<reset>\n"));
  }

  private static void end(Endpoint server, boolean goesOn) throws IOException {
    try (PlainClient client = PlainClient.connect(server)) {
      client.readLine();
      if (goesOn) {
        client.send("b\r\n");
      }
      client.awaitEnd();
    }
  }

  @Test
  void recordsWhatTheClientSaysBehindTheEndOfTheServer() throws Exception {
    String script;
    try (ScriptedServer real = ScriptedServer.play("S: a\n<half-close>\nC: b");
        Recorder recorder = Recorder.of(real.endpoint());
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      client.readAll();
      client.send("b\r\n");
      real.verify();
      script = recorder.script();
    }

    assertThat(script).isEqualTo("S: a\n<half-close>\nC: b\n");
  }

  @Test
  void leavesTheEndOpenWhenTheClientWasTheFirstToHangUp() throws Exception {
    try (EchoServer real = EchoServer.start("> ");
        Recorder recorder = Recorder.of(real.endpoint());
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      client.send("a\r\nb");
      client.shutdownOutput();

      assertThat(client.readAll()).isEqualTo("> a\r\n> b");
      assertThat(recorder.script()).startsWith("C: a\n").doesNotContain("<");
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndWays")
  void goesBetweenAnyTwoWays(Way real, Way here) throws Exception {
    EchoServer.Builder echo = EchoServer.builder();
    try (EchoServer server = on(real, echo).start();
        Recorder recorder = recorder(here, server, real == Way.TLS).start();
        PlainClient client = here == Way.TLS
            ? PlainClient.connect(recorder.endpoint(), recorder.clientContext())
            : PlainClient.connect(recorder.endpoint())) {
      assertThat(talk(client, "one\r\n", "two\r\n")).isEqualTo("one\r\ntwo\r\n");
      assertThat(recorder.script()).isEqualTo("C: one\nS: one\nC: two\nS: two\n");
      assertThat(recorder.failure()).isEmpty();
    }
  }

  static Stream<Arguments> waysAndWays() {
    return Way.all().stream()
        .flatMap(real -> Way.all().stream().map(here -> arguments(real, here)));
  }

  private static <B extends ServerBuilder<B>> B on(Way way, B builder) {
    return switch (way) {
      case TCP -> builder;
      case TLS -> builder.tls();
      case UNIX -> builder.unix();
    };
  }

  private static Recorder.Builder recorder(Way way, EchoServer real, boolean tls) {
    Recorder.Builder builder = on(way, Recorder.builder(real.endpoint()));
    return tls ? builder.serverContext(real.clientContext()) : builder;
  }

  @ParameterizedTest
  @MethodSource("tlsEndings")
  void tellsACutFromAnEndOverTls(String ending) throws Exception {
    try (ScriptedServer real = ScriptedServer.builder("S: a\n" + ending).tls().start();
        Recorder recorder = Recorder.builder(real.endpoint())
            .serverContext(real.clientContext())
            .start()) {
      end(recorder.endpoint(), false);

      assertThat(recorder.script()).isEqualTo("S: a\n" + ending + "\n");
    }
  }

  static Stream<String> tlsEndings() {
    return Stream.of("<close>", "<cut>");
  }

  @Test
  void saysWhenTheServerIsNotTrusted() throws Exception {
    try (EchoServer real = EchoServer.builder().tls().start();
        Recorder recorder = Recorder.of(real.endpoint())) {
      try (PlainClient client = PlainClient.connect(recorder.endpoint())) {
        client.awaitEnd();
      }

      assertThatIllegalStateException()
          .isThrownBy(recorder::script)
          .withMessageStartingWith("a connection was not recorded: ")
          .withCauseInstanceOf(SSLException.class);
    }
  }

  @Test
  void saysWhenTheServerCannotBeReached() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    try (Recorder recorder = Recorder.of(Endpoint.tcp("127.0.0.1", port))) {
      try (PlainClient client = PlainClient.connect(recorder.endpoint())) {
        client.awaitEnd();
      }

      assertThatIllegalStateException()
          .isThrownBy(recorder::script)
          .withCauseInstanceOf(ConnectException.class);
      assertThat(recorder.failure()).containsInstanceOf(ConnectException.class);
    }
  }

  @Test
  void hasNoScriptWhereNoClientCame() throws Exception {
    try (Recorder recorder = Recorder.of(Endpoint.tcp("127.0.0.1", 1))) {
      assertThatIllegalStateException().isThrownBy(recorder::script).withMessage("no client came");
    }
  }

  @Test
  void passesOnWhatIsTooMuchButHasNoScriptThen() throws Exception {
    Path file = folder.resolve("kept.script");
    Files.writeString(file, "kept");
    try (EchoServer real = EchoServer.start();
        Recorder recorder = Recorder.builder(real.endpoint()).maxBytes(10).start();
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      talk(client, "12345");
      assertThat(recorder.script()).isEqualTo("C> \"12345\"\nS> \"12345\"\n");

      assertThat(talk(client, "x")).isEqualTo("x");
      assertThatIllegalStateException()
          .isThrownBy(() -> recorder.saveTo(file))
          .withMessage("more was said than the 10 bytes that are recorded: raise maxBytes");
      assertThat(Files.readString(file)).isEqualTo("kept");
    }
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    Recorder.Builder builder = Recorder.builder(Endpoint.tcp("127.0.0.1", 1));

    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.secret("a", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.secretBehind(""));
  }

  @Test
  void leavesNothingWhenItIsClosedInMidConversation() throws Exception {
    long before = Leftovers.descriptors();
    try (PeerServer real = PeerServer.start(PeerConnection::hold)) {
      List<PlainClient> clients = new ArrayList<>();
      Recorder recorder = Recorder.of(real.endpoint());
      for (int i = 0; i < 4; i++) {
        clients.add(PlainClient.connect(recorder.endpoint()));
      }
      clients.get(1).shutdownOutput();
      real.awaitConnections(4, Duration.ofSeconds(20));

      recorder.close();
      recorder.close();

      for (PlainClient client : clients) {
        client.awaitEnd();
        client.close();
      }
    }
    assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(before);
  }

  @Test
  void countsItsOwnCloseForNoFailure() throws Exception {
    try (PeerServer real = PeerServer.start(PeerConnection::hold)) {
      Endpoint silent = real.endpoint().withTls(true);
      Recorder recorder = Recorder.of(silent);
      try (PlainClient client = PlainClient.connect(recorder.endpoint())) {
        real.awaitConnections(1, Duration.ofSeconds(20));

        recorder.close();

        client.awaitEnd();
      }
      assertThat(recorder.failure()).isEmpty();
    }
  }

  @Test
  void carriesMuchInBothDirectionsAtOnce() throws Exception {
    String much = "0123456789abcdef".repeat(1 << 16);
    try (EchoServer real = EchoServer.start();
        Recorder recorder = Recorder.builder(real.endpoint()).maxBytes(1 << 22).start();
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      Caller<Boolean> sending = Caller.run(ThreadKind.PLATFORM, () -> client.sendBytes(much));

      assertThat(client.readBytes(much.length())).isEqualTo(much);
      assertThat(sending.result()).isTrue();
      assertThat(Script.parse(recorder.script()).scenes()).hasSize(1);
    }
  }

  @Test
  void mirrorsTheResetOfAClient() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    Peer peer = connection -> {
      try {
        end.complete("read " + connection.readLine());
      } catch (IOException e) {
        end.complete(String.valueOf(e.getMessage()));
      }
    };
    try (PeerServer real = PeerServer.start(peer);
        Recorder recorder = Recorder.of(real.endpoint());
        PlainClient client = PlainClient.connect(recorder.endpoint())) {
      client.send("begun");
      real.awaitConnections(1, Duration.ofSeconds(20));
      assertThat(recorder.script()).isEqualTo("C> \"begun\"\n");

      client.reset();

      assertThat(end.get(20, TimeUnit.SECONDS)).contains("reset");
    }
  }
}
