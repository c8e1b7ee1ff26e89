package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CutPointsTest {

  private static final String SCRIPT = "S: 220 hi\nC: QUIT\nS: 221 bye";

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static void quit(Endpoint server) throws IOException {
    quit(server, LineOptions.builder().build());
  }

  private static void quit(Endpoint server, LineOptions options) throws IOException {
    try (LineClient client = new LineClient(server, options)) {
      client.readLine();
      client.writeLine("QUIT");
      client.readLine();
    }
  }

  @Test
  void passesAClientThatNoticesEachCut() throws Exception {
    AtomicInteger runs = new AtomicInteger();

    CutPoints.everyCutPoint(SCRIPT, server -> {
      runs.incrementAndGet();
      quit(server);
    });

    assertThat(runs).hasValue(1 + "220 hi\r\n221 bye\r\n".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: Content-Length: 5\nS:\nS> \"hello\"",
        "S: Transfer-Encoding: chunked\nS:\nS: 5\nS: hello\nS: 0\nS:"
      })
  void passesTheHttpClient(String answer) throws Exception {
    String request = "C: GET / HTTP/1.1\nC: Host: {*}\nC: User-Agent: {*}\nC:\n";

    CutPoints.everyCutPoint(request + "S: HTTP/1.1 200 OK\n" + answer, server -> {
      try (HttpClient http = new HttpClient(server)) {
        assertThat(http.get("/").text()).isEqualTo("hello");
      }
    });
  }

  @Test
  void passesAClientThatNoticesEachCutOverTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    LineOptions options = LineOptions.builder().dialer(trusting(certificate)).build();
    AtomicInteger runs = new AtomicInteger();

    CutPoints.builder(SCRIPT).tls(certificate).run(server -> {
      runs.incrementAndGet();
      assertThat(server.isTls()).isTrue();
      quit(server, options);
    });

    assertThat(runs).hasValue(1 + "220 hi\r\n221 bye\r\n".length());
  }

  private static Dialer trusting(TestCertificate certificate) {
    return Dialer.builder()
        .tls(Tls.builder().context(certificate.clientContext()).build())
        .build();
  }

  @Test
  void passesTheHttpClientWithABodyThatEndsWithItsConnectionOverTls() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    HttpOptions options = HttpOptions.builder().dialer(trusting(certificate)).build();
    String script =
        "C: GET / HTTP/1.1\nC: Host: {*}\nC: User-Agent: {*}\nC:\nS: HTTP/1.1 200 OK\nS:\nS> \"hello\"\n<close>";

    CutPoints.builder(script).tls(certificate).run(server -> {
      try (HttpClient http = new HttpClient(server, options)) {
        assertThat(http.get("/").text()).isEqualTo("hello");
      }
    });
  }

  @Test
  void namesTheCutsThatAClientDidNotNoticeOverTls() {
    TestCertificate certificate = TestCertificate.forHosts();
    TestedClient careless = server -> {
      try (PlainClient client = PlainClient.connect(server, certificate.clientContext())) {
        if (client.readLine().isEmpty()) {
          throw new EOFException();
        }
      } catch (SSLException e) {
        // What had come before the cut counts as a line: its mistake.
        return;
      }
    };

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.builder("S: ab").tls(certificate).run(careless))
        .withMessageStartingWith("the client took a cut conversation amiss")
        .withMessageContaining("cut after 3 of 4 bytes, at \"ab\\r\": the client reported");
  }

  /** Takes a cut line for a whole one. */
  private static void quitCarelessly(Endpoint server) throws IOException {
    try (PlainClient client = PlainClient.connect(server)) {
      client.readLine();
      client.send("QUIT\r\n");
      if (client.readLine().isEmpty()) {
        throw new EOFException();
      }
    }
  }

  @Test
  void namesTheCutsThatAClientDidNotNotice() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint(SCRIPT, CutPointsTest::quitCarelessly))
        .withMessageStartingWith("""
            the client took a cut conversation amiss
              cut after 9 of 17 bytes, at "2": the client reported success
              cut after 10 of 17 bytes, at "22": the client reported success
            """)
        .withMessageEndingWith("at \"221 bye\\r\": the client reported success");
  }

  @Test
  void failsAClientThatThrowsSomethingElse() {
    TestedClient client = server -> {
      try {
        quit(server);
      } catch (IOException e) {
        throw new IllegalStateException("oops", e);
      }
    };

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint(SCRIPT, client))
        .withMessageContaining("cut after 0 of 17 bytes, before the server said a word: the client"
            + " threw java.lang.IllegalStateException: oops")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(17));
  }

  @Test
  void givesUpOnAClientThatHangs() {
    TestedClient client = server -> {
      try {
        quit(server);
      } catch (IOException e) {
        new CountDownLatch(1).await();
      }
    };

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint(SCRIPT, Duration.ofMillis(200), client))
        .withMessageContaining("the client did not end within 200 ms")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
  }

  @Test
  void asksForSuccessWithTheWholeConversation() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint("S: 220 hi\n<close>", CutPointsTest::quit))
        .withMessage("the client did not succeed with the whole conversation")
        .withCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S: a\n<STARTTLS>", "S: a\n<next connection>\nS: b"})
  void refusesAScriptThatItCannotCut(String script) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPoints.everyCutPoint(script, server -> {}));
  }

  @Test
  void refusesABoundOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPoints.everyCutPoint(SCRIPT, Duration.ZERO, server -> {}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPoints.builder(SCRIPT).bound(Duration.ofMillis(-1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C: QUIT", "S> \"\"\nC: QUIT"})
  void wantsAServerThatSaysSomething(String script) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPoints.everyCutPoint(script, server -> {}))
        .withMessageContaining("nothing that could be cut");
  }

  @Test
  void failsAClientThatDoesNotConnect() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint(SCRIPT, server -> {}))
        .withMessage("the client reported success, but did not connect");
  }

  @Test
  void failsAClientThatWaitsForNothing() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CutPoints.everyCutPoint("C: QUIT\nS: 221 bye", server -> {
          try (PlainClient client = PlainClient.connect(server)) {
            client.send("NOOP\r\n");
          }
        }))
        .withMessage("the client reported success, but ended before the server said a word");
  }

  /** It may have come to the client long before the write of it returns. */
  @Test
  void countsWhatTheServerIsAboutToSay() throws Exception {
    CutSending sending = new CutSending(Long.MAX_VALUE);
    try (PeerServer server = PeerServer.start(peer -> sending.send(peer, new byte[1 << 26]));
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.read();

      assertThat(sending.sent()).isEqualTo(1 << 26);
    }
  }
}
