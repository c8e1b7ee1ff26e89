package dev.wireline.gopher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Incoming;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gopher with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class GopherTest {
  private static final QuestionOptions STANDARD = QuestionOptions.standard();
  private static final Endpoint NOBODY = Endpoint.tcp("nobody.test", 70);
  private static final String MENU = """
      C: /about
      S> "iWelcome\\t\\terror.host\\t1\\r\\n"
      S> "0Read me\\t/readme\\tgopher.example\\t70\\r\\n"
      S> "hHome\\tURL:https://example.org/\\tgopher.example\\t70\\t+\\r\\n"
      S: .
      """;

  private static String menu(ScriptedServer server) {
    return server.endpoint().toString();
  }

  @Test
  void readsAMenuToItsDot() throws IOException {
    try (var server = ScriptedServer.play(MENU)) {
      List<GopherItem> items = Gopher.menu(menu(server), "/about");

      assertThat(items)
          .containsExactly(
              new GopherItem('i', "Welcome", "", "error.host", 1),
              new GopherItem('0', "Read me", "/readme", "gopher.example", 70),
              new GopherItem('h', "Home", "URL:https://example.org/", "gopher.example", 70));
      assertThat(items.get(0).isNote()).isTrue();
      assertThat(items.get(1).isText()).isTrue();
      assertThat(items.get(1).endpoint()).hasValue(Endpoint.tcp("gopher.example", 70));
      assertThat(items.get(1).url()).isEmpty();
      assertThat(items.get(2).url()).hasValue("https://example.org/");
    }
  }

  @Test
  void readsAMenuToTheEndOfItsConnection() throws IOException {
    String script =
        "C:\nS> \"1Files\\t/files\\tgopher.example\\t70\\r\\n\\r\\n3No\\r\\nx\\n\"\n<close>";
    try (var server = ScriptedServer.play(script)) {
      List<GopherItem> items = Gopher.menu(menu(server), "");

      assertThat(items).extracting(GopherItem::type).containsExactly('1', '3', 'x');
      assertThat(items.get(0).isMenu()).isTrue();
      assertThat(items.get(1).isError()).isTrue();
      assertThat(items.get(1).endpoint()).isEmpty();
    }
  }

  @Test
  void searches() throws IOException {
    String script =
        "C> \"/find\\tred fish\\r\\n\"\nS> \"7Again\\t/find\\tg.example\\t7070\\r\\n.\\r\\n\"";
    try (var server = ScriptedServer.play(script)) {
      GopherItem found = Gopher.search(menu(server), "/find", "red fish").get(0);

      assertThat(found.isSearch()).isTrue();
      assertThat(found.port()).isEqualTo(7070);
      server.verify();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a dot ends it                  | one\\r\\n.\\r\\n      | one\\r\\n",
        "the connection ends it         | one\\r\\n             | one\\r\\n",
        "no line end at all             | one                   | one",
        "a dot without a line end       | one\\r\\n.            | one\\r\\n",
        "LF alone                       | one\\n.\\n            | one\\n",
        "stuffed                        | ..one\\r\\n.\\r\\n    | .one\\r\\n",
        "dots, but no last one          | ..one\\r\\n           | ..one\\r\\n",
        "a dot within                   | a\\r\\n.\\r\\nb\\r\\n  | a\\r\\n.\\r\\nb\\r\\n",
        "a dot at the end of a line     | one.\\r\\n            | one.\\r\\n",
        "nothing but the dot            | .\\r\\n               | ''",
        "nothing                        | ''                    | ''"
      })
  void readsATextWithADotAndWithout(String name, String sent, String text) throws IOException {
    String script = "C: /t\n" + (sent.isEmpty() ? "" : "S> \"" + sent + "\"\n") + "<close>";
    try (var server = ScriptedServer.play(script)) {
      assertThat(Gopher.text(menu(server), "/t"))
          .isEqualTo(text.replace("\\r", "\r").replace("\\n", "\n"));
    }
  }

  @Test
  void readsAFileAsItIs() throws IOException {
    String script = "C: /f\nS> \"\\x00\\xff\\r\\n.\\r\\n\"\n<close>";
    byte[] file = {0, (byte) 255, '\r', '\n', '.', '\r', '\n'};
    try (var server = ScriptedServer.play(script)) {
      assertThat(Gopher.bytes(menu(server), "/f")).isEqualTo(file);
    }
    try (var server = ScriptedServer.play(script);
        Incoming stream = Gopher.open(menu(server), "/f")) {
      assertThat(stream.bytes()).isEqualTo(file);
    }
  }

  @Test
  void speaksTls() throws Exception {
    try (var server = PeerServer.builder().tls(TestCertificate.forHosts()).start(peer -> {
      assertThat(peer.readLine()).isEqualTo("/f");
      peer.write("file");
    })) {
      Tls tls = Tls.builder().context(server.clientContext()).build();
      QuestionOptions options = STANDARD.withDialer(Dialer.builder().tls(tls).build());

      assertThat(Gopher.text(server.endpoint(), "/f", options)).isEqualTo("file");
    }
    assertThat(Endpoint.parse("tls://gopher.example", Gopher.PROTOCOL).port()).isEqualTo(70);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\r\nb", "/a\nb", "/a\0", "/a\tb"})
  void refusesASelectorThatWouldSayMore(String selector) {
    assertThatIllegalArgumentException().isThrownBy(() -> Gopher.menu(NOBODY, selector, STANDARD));
    assertThatIllegalArgumentException().isThrownBy(() -> Gopher.text(NOBODY, selector, STANDARD));
    assertThatIllegalArgumentException().isThrownBy(() -> Gopher.bytes(NOBODY, selector, STANDARD));
    assertThatIllegalArgumentException().isThrownBy(() -> Gopher.open(NOBODY, selector, STANDARD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gopher.search(NOBODY, selector, "fish", STANDARD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gopher.search(NOBODY, "/find", selector, STANDARD));
  }

  @Test
  void refusesAMenuWithControlCharacters() throws IOException {
    try (var server = ScriptedServer.play("C:\nS> \"0x\\t/a\\x00b\\th\\t70\\r\\n\"")) {
      assertThat(
              catchThrowableOfType(PeerProtocolException.class, () -> Gopher.menu(menu(server), ""))
                  .rule())
          .isEqualTo("a line of a menu has no CR and no NUL (RFC 1436)");
    }
  }

  @Test
  void boundsAMenu() throws IOException {
    try (var server = PeerServer.start(peer -> peer.write("i\r\n".repeat(Gopher.MAX_ITEMS + 1)))) {
      assertThat(catchThrowableOfType(
                  LimitExceededException.class, () -> Gopher.menu(server.endpoint(), "", STANDARD))
              .limit())
          .isEqualTo("items of a menu");
    }
    try (var server = PeerServer.start(peer -> peer.write("\r\n".repeat(6)))) {
      assertThat(catchThrowableOfType(
                  LimitExceededException.class,
                  () -> Gopher.menu(server.endpoint(), "", STANDARD.withMaxBytes(10)))
              .limit())
          .isEqualTo("maxBytes");
    }
  }

  @Test
  void takesNoCutLineOfAMenuForAWholeOne() throws IOException {
    try (var server = ScriptedServer.play("C:\nS> \"0One\\t/one\"\n<close>")) {
      assertThat(catchThrowableOfType(
              ConnectionClosedException.class, () -> Gopher.menu(server.endpoint(), "", STANDARD)))
          .isNotNull();
    }
  }

  @Test
  void takesNoCutMenuForAWholeOneInTls() throws IOException {
    TestCertificate certificate = TestCertificate.forHosts();
    Tls tls = Tls.builder().context(certificate.clientContext()).build();
    QuestionOptions options = STANDARD.withDialer(Dialer.builder().tls(tls).build());

    CutPoints.builder("C:\nS: 0One\nS: .")
        .tls(certificate)
        .run(server -> Gopher.menu(server, "", options));
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried = STANDARD.withTimeout(Duration.ofMillis(150));
    HostilePeers.builder()
        .without("hangs up", "garbage")
        .run(server -> Gopher.menu(server, "", hurried));
  }
}
