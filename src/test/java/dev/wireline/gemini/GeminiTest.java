package dev.wireline.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.KnownKeys;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Identity;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gemini with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class GeminiTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();

  /** Keys in memory. */
  private static final class Keys implements KnownKeys {
    final Map<Endpoint, String> known = new ConcurrentHashMap<>();

    @Override
    public Optional<String> pin(Endpoint peer) {
      return Optional.ofNullable(known.get(peer));
    }

    @Override
    public void remember(Endpoint peer, String pin) {
      known.put(peer, pin);
    }
  }

  private final Keys keys = new Keys();

  /** A server that gives each path what stands there; what is not there is not found. */
  private static PeerServer serving(Map<String, String> pages) throws IOException {
    return PeerServer.builder().tls(CERTIFICATE).start(peer -> {
      String url = String.valueOf(peer.readLine());
      String path = url.substring(url.indexOf('/', "gemini://".length()));
      peer.write(pages.getOrDefault(path, "51 not found\r\n").getBytes(UTF_8));
    });
  }

  private static String url(Endpoint server, String path) {
    return "gemini://" + server.authority() + path;
  }

  @Test
  void readsAPage() throws IOException {
    String page = "20 text/gemini; charset=utf-8; lang=en\r\n# Über\r\n=> /more  More\r\n";
    try (var server = serving(Map.of("/", page));
        GeminiResponse response = Gemini.open(url(server.endpoint(), ""), keys)) {
      assertThat(response.status()).isEqualTo(20);
      assertThat(response.isSuccess()).isTrue();
      assertThat(response.type()).hasValue("text/gemini");
      assertThat(response.lines())
          .containsExactly(
              new GeminiLine(GeminiLine.Kind.HEADING, "Über", ""),
              new GeminiLine(GeminiLine.Kind.LINK, "More", "/more"));
      assertThat(response).hasToString("20 of " + url(server.endpoint(), "/"));
    }
  }

  @Test
  void readsAPageInItsCharset() throws IOException {
    try (var server = PeerServer.builder().tls(CERTIFICATE).start(peer -> {
          peer.readLine();
          peer.write("20 text/plain; charset=\"ISO-8859-1\"\r\n");
          peer.write(new byte[] {(byte) 0xfc});
        });
        GeminiResponse response = Gemini.open(url(server.endpoint(), "/"), keys)) {
      assertThat(response.text()).isEqualTo("ü");
    }
  }

  @Test
  void givesInputAndFailuresToTheCaller() throws IOException {
    Map<String, String> pages =
        Map.of("/ask", "10 Your name?\r\n", "/ask?J%C3%B6e%20%26%20co", "20 \r\nhello");
    try (var server = serving(pages)) {
      String ask = url(server.endpoint(), "/ask");
      try (GeminiResponse question = Gemini.open(ask, keys)) {
        assertThat(question.wantsInput()).isTrue();
        assertThat(question.meta()).isEqualTo("Your name?");
        assertThat(question.type()).isEmpty();
        assertThat(question.text()).isEmpty();
      }
      try (GeminiResponse answer = Gemini.open(Gemini.withInput(ask, "Jöe & co"), keys)) {
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.type()).hasValue("text/gemini");
      }
      try (GeminiResponse missing = Gemini.open(url(server.endpoint(), "/none"), keys)) {
        assertThat(missing.status()).isEqualTo(51);
        assertThat(missing.meta()).isEqualTo("not found");
      }
    }
  }

  @Test
  void followsRedirectsWithinGeminiAlone() throws IOException {
    Map<String, String> pages = Map.of(
        "/a/one", "30 ../b/two?x#part\r\n",
        "/b/two?x", "31 /three\r\n",
        "/three", "20 text/plain\r\nhere",
        "/away", "30 https://example.org/\r\n");
    try (var server = serving(pages)) {
      try (GeminiResponse response = Gemini.open(url(server.endpoint(), "/a/one"), keys)) {
        assertThat(response.url()).isEqualTo(url(server.endpoint(), "/three"));
        assertThat(response.text()).isEqualTo("here");
      }
      try (GeminiResponse response = Gemini.open(url(server.endpoint(), "/away"), keys)) {
        assertThat(response.status()).isEqualTo(30);
        assertThat(response.meta()).isEqualTo("https://example.org/");
      }
    }
  }

  private static SSLServerSocket listening(Identity identity) throws Exception {
    SSLServerSocket socket = (SSLServerSocket) identity
        .serverContext()
        .getServerSocketFactory()
        .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    socket.setWantClientAuth(true);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Answers one after the other, and gives the names that it was shown. */
  private static Caller<List<String>> seenBy(SSLServerSocket server, String... answers) {
    return Caller.start(() -> {
      List<String> seen = new ArrayList<>();
      for (String answer : answers) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
          socket.getOutputStream().write(answer.getBytes(UTF_8));
          seen.add(name(socket));
        }
      }
      return seen;
    });
  }

  private static String name(SSLSocket socket) {
    try {
      return socket.getSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  @Test
  void showsAClientCertificateToTheServerThatWasNamedAlone() throws Exception {
    Identity identity = Identity.create("client");
    Tls own = Tls.builder()
        .clientCertificate(identity.key(), identity.certificate(), identity.authority())
        .build();
    QuestionOptions options =
        QuestionOptions.standard().withDialer(Dialer.builder().tls(own).build());
    try (SSLServerSocket one = listening(identity);
        SSLServerSocket two = listening(identity)) {
      String place = "gemini://localhost:";
      Caller<List<String>> first =
          seenBy(one, "30 " + place + two.getLocalPort() + "/\r\n", "20 text/plain\r\n");
      Caller<List<String>> second = seenBy(two, "30 " + place + one.getLocalPort() + "/b\r\n");

      Gemini.open(place + one.getLocalPort() + "/a", keys, options).close();

      assertThat(first.result()).containsExactly("CN=client", "nobody");
      assertThat(second.result()).containsExactly("nobody");
    }
  }

  @Test
  void endsARoundOfRedirects() throws IOException {
    try (var server = serving(Map.of("/", "30 /\r\n"))) {
      assertThat(catchThrowableOfType(
                  LimitExceededException.class,
                  () -> Gemini.open(url(server.endpoint(), "/"), keys))
              .max())
          .isEqualTo(Gemini.MAX_REDIRECTS);
      assertThat(server.connections()).isEqualTo(Gemini.MAX_REDIRECTS + 1);
    }
  }

  @Test
  void trustsTheFirstKeyOfAServerAndNoOther() throws IOException {
    try (var server = serving(Map.of("/", "20 text/plain\r\n"))) {
      Gemini.open(url(server.endpoint(), "/"), keys).close();
      assertThat(keys.known).hasSize(1);

      keys.known.replaceAll((peer, pin) -> "A".repeat(43) + "=");

      assertThat(catchThrowableOfType(
              TlsException.class, () -> Gemini.open(url(server.endpoint(), "/"), keys)))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2 ok", "99 no", "09 no", "20text/plain", "hello", "", "30 gemini://", "30 /a b"})
  void refusesAnAnswerThatIsNone(String head) throws IOException {
    try (var server = serving(Map.of("/", head + "\r\n"))) {
      assertThat(catchThrowableOfType(
              PeerProtocolException.class, () -> Gemini.open(url(server.endpoint(), "/"), keys)))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gemini.example/",
        "gemini:/x",
        "gemini://ann@gemini.example/",
        "gemini://gemini.example/#part",
        "gemini://gemini.example/a b",
        "gemini://gemini.example/\r\n",
        "gemini://gemini.example:0/",
        "/relative"
      })
  void refusesAUrlThatCannotBeAskedFor(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Gemini.open(url, keys));
  }

  @Test
  void refusesAUrlThatIsTooLong() {
    String base = "gemini://gemini.example/";
    String longest = base + "x".repeat(Gemini.MAX_URL_BYTES - base.length());

    assertThat(Gemini.resolve(base, longest)).isEqualTo(longest);
    assertThatIllegalArgumentException().isThrownBy(() -> Gemini.resolve(base, longest + "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "/b,                  gemini://h.example/b",
    "b,                   gemini://h.example/a/b",
    "../b,                gemini://h.example/b",
    "?q,                  gemini://h.example/a/c?q",
    "#part,               gemini://h.example/a/c?x",
    "//other.example/b,   gemini://other.example/b",
    "gemini://o.example,  gemini://o.example/",
    "mailto:a@b.example,  mailto:a@b.example"
  })
  void resolvesALink(String link, String url) {
    assertThat(Gemini.resolve("gemini://h.example/a/c?x", link)).isEqualTo(url);
  }

  @Test
  void takesAPageApart() {
    String page =
        "text\n## Sub\n###Subsub\n* item\n*no item\n> quote\n=>gemini://x/\n```alt\n# kept\n```\nend";

    assertThat(GeminiLine.parse(page))
        .extracting(line -> line.kind() + ":" + line.text())
        .containsExactly(
            "TEXT:text",
            "SUBHEADING:Sub",
            "SUBSUBHEADING:Subsub",
            "ITEM:item",
            "TEXT:*no item",
            "QUOTE:quote",
            "LINK:gemini://x/",
            "PREFORMATTED:# kept",
            "TEXT:end");
  }

  @Test
  void takesNoCutPageForAWholeOne() throws IOException {
    CutPoints.builder("C: {url}\nS: 20 text/plain\nS: page\n<close>")
        .tls(CERTIFICATE)
        .run(server -> {
          try (GeminiResponse response = Gemini.open(url(server, "/"), keys)) {
            response.text();
          }
        });
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried = QuestionOptions.standard().withTimeout(Duration.ofMillis(200));
    HostilePeers.builder()
        .tls(CERTIFICATE)
        .without("certificate of a stranger")
        .run(server -> Gemini.open(url(server, "/"), keys, hurried).close());
  }
}
