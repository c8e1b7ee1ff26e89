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
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HostilePeersTest {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofMillis(700);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final TestCertificate TRUSTED = TestCertificate.forHosts();
  private static final Dialer DIALER = Dialer.builder()
      .silenceTimeout(SHORT)
      .tlsTimeout(SHORT)
      .tls(Tls.builder().trust(TRUSTED.authority()).build())
      .build();
  private static final LineOptions LINES = lines(DIALER);

  /** Long enough to shake hands with a server that is not silent. */
  private static final Dialer PATIENT = DIALER.toBuilder().tlsTimeout(LONG).build();

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static void expect(LineClient client, String answer) throws IOException {
    if (!client.readLine().startsWith(answer)) {
      throw new ProtocolException("not " + answer);
    }
  }

  private static LineOptions lines(Dialer dialer) {
    return LineOptions.builder().dialer(dialer).transferTimeout(SHORT).build();
  }

  private static void upgrade(Endpoint server, LineOptions options) throws IOException {
    try (LineClient client = new LineClient(server, options)) {
      expect(client, "220 ");
      client.writeLine("STARTTLS");
      expect(client, "220 ");
      client.startTls();
      client.writeLine("QUIT");
      expect(client, "221 ");
    }
  }

  @Test
  void passTheLineClient() throws Exception {
    HostilePeers.builder()
        .bound(BOUND)
        .after("S: 220 ready")
        .startTls("S: 220 ready\nC: STARTTLS\nS: 220 go ahead")
        .run(server -> upgrade(server, LINES));
  }

  @Test
  void passTheLineClientOverTls() throws Exception {
    HostilePeers.Builder peers =
        onlyWithinTls().tls(TRUSTED).startTls("S: 220 ready\nC: STARTTLS\nS: 220 go ahead");

    peers.run(server -> upgrade(server, lines(PATIENT)));
  }

  @Test
  void passTheHttpClientOverTls() throws Exception {
    HttpOptions options = HttpOptions.builder()
        .dialer(PATIENT)
        .headTimeout(SHORT)
        .callTimeout(LONG)
        .build();

    onlyWithinTls().tls(TRUSTED).run(server -> {
      try (HttpClient http = new HttpClient(server, options)) {
        http.get("/").text();
      }
    });
  }

  /** A client that writes more than all buffers hold before it reads. */
  @Test
  void passAClientThatWritesMuch() throws Exception {
    only(HostilePeer.DEAF, HostilePeer.DEAF_IN_TLS).tls(TRUSTED).run(server -> {
      try (LineClient client = new LineClient(server, LINES)) {
        for (int i = 0; i < 64 * 1024; i++) {
          client.writeLine("x".repeat(1000));
        }
      }
    });
  }

  @Test
  void tellAClientThatWritesWithoutADeadline() {
    HostilePeers.Builder peers =
        only(HostilePeer.DEAF, HostilePeer.DEAF_IN_TLS).tls(TRUSTED).bound(Duration.ofSeconds(2));

    String failures = failures(peers, server -> {
      try (PlainClient client = connect(server)) {
        for (int i = 0; i < 64; i++) {
          client.send("x".repeat(1 << 20));
        }
      }
    });

    assertThat(failures).isEqualTo("""
        the client does not withstand these peers
          reads nothing: the client did not end within 2000 ms
          reads nothing in TLS: the client did not end within 2000 ms""");
  }

  @Test
  void tellAClientThatTakesACutForTheEndOfTls() {
    HostilePeers.Builder peers = only(HostilePeer.CUT_IN_TLS).tls(TRUSTED);

    String failures = failures(peers, server -> {
      try (PlainClient client = connect(server)) {
        client.send("x");
        client.read();
      } catch (SSLException e) {
        // Its mistake.
        return;
      }
    });

    assertThat(failures).contains("\n  hangs up without close_notify: the client reported success");
  }

  @Test
  void tellAClientThatDoesNotTrustThePeersWithinTls() {
    HostilePeers.Builder peers = only(HostilePeer.SILENT_IN_TLS).tls(TestCertificate.forHosts());

    String failures = failures(
        peers, server -> PlainClient.connect(server, TRUSTED.clientContext()).close());

    assertThat(failures)
        .contains("\n  silent in TLS: the client broke TLS off: does it trust the certificate?");
  }

  @Test
  void tellAClientThatSpeaksNoTls() {
    HostilePeers.Builder peers = only(HostilePeer.SILENT_IN_TLS).tls(TRUSTED);

    String failures = failures(peers, server -> {
      try (PlainClient client = PlainClient.connect(server)) {
        client.send("QUIT\r\n");
        client.read();
        throw new IOException("no answer");
      }
    });

    assertThat(failures).contains("\n  silent in TLS: the client does not start TLS");
  }

  private static PlainClient connect(Endpoint server) throws IOException {
    return server.isTls()
        ? PlainClient.connect(server, TRUSTED.clientContext())
        : PlainClient.connect(server);
  }

  private static HostilePeers.Builder onlyWithinTls() {
    return only(Arrays.stream(HostilePeer.values())
        .filter(peer -> peer.place() == HostilePeer.Place.WITHIN_TLS)
        .toArray(HostilePeer[]::new));
  }

  @Test
  void passTheHttpClient() throws Exception {
    String request = "C: GET / HTTP/1.1\nC: Host: {*}\nC: User-Agent: {*}\nC:\n";
    HttpOptions options = HttpOptions.builder()
        .dialer(DIALER)
        .headTimeout(SHORT)
        .callTimeout(SHORT.multipliedBy(2))
        .maxBodyBytes(100_000)
        .build();

    HostilePeers.builder()
        .bound(BOUND)
        .after(request)
        .after(request + "S: HTTP/1.1 200 OK")
        .after(request + "S: HTTP/1.1 200 OK\nS: Transfer-Encoding: chunked\nS:")
        .run(server -> {
          try (HttpClient http = new HttpClient(server, options)) {
            http.get("/").text();
          }
        });
  }

  /** Leaves all others out. */
  private static HostilePeers.Builder only(HostilePeer... some) {
    String[] others = Arrays.stream(HostilePeer.values())
        .filter(peer -> !List.of(some).contains(peer))
        .map(HostilePeer::title)
        .toArray(String[]::new);
    return HostilePeers.builder().bound(BOUND).without(others);
  }

  private static String failures(HostilePeers.Builder peers, TestedClient client) {
    try {
      peers.run(client);
      return "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void listWhatAClientTakesForSuccess() {
    HostilePeers.Builder peers = HostilePeers.builder()
        .bound(BOUND)
        .without("silent where TLS is expected", "hangs up where TLS is expected")
        .without("garbage where TLS is expected", "certificate of a stranger");

    String failures = failures(peers, server -> {
      try (LineClient client = new LineClient(server, LINES)) {
        client.readLine();
      }
    });

    assertThat(failures).isEqualTo("""
        the client does not withstand these peers
          endless header lines: the client reported success
          endless empty lines: the client reported success
          unsolicited bytes first: the client reported success""");
  }

  @Test
  void tellAClientThatThrowsSomethingElse() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> HostilePeers.run(server -> {
          try (PlainClient client = PlainClient.connect(server)) {
            throw new IllegalStateException("oops\u0007" + client.hashCode());
          }
        }))
        .withMessageContaining(
            "\n  silent: the client threw java.lang.IllegalStateException: oops\\x07")
        .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());
  }

  @Test
  void endAClientThatHangs() {
    HostilePeers.Builder peers = HostilePeers.builder().bound(Duration.ofMillis(100));

    String failures = failures(peers, server -> {
      try (PlainClient client = PlainClient.connect(server)) {
        client.send("x");
        new CountDownLatch(1).await();
      }
    });

    assertThat(failures).isEqualTo("""
        the client does not withstand these peers
          silent: the client did not end within 100 ms
          reads nothing: the client did not end within 100 ms
          hangs up: the client did not end within 100 ms""");
  }

  @Test
  void tellAClientThatTakesWithoutEnd() {
    HostilePeers.Builder peers = only(HostilePeer.ENDLESS_LINE);

    String failures = failures(peers, server -> {
      try (PlainClient client = PlainClient.connect(server)) {
        client.send("x");
        client.drain();
        throw new IOException("all drained");
      }
    });

    assertThat(failures).contains("\n  endless line: the client took 134217728 bytes of it");
  }

  @Test
  void tellAClientThatTrustsStrangers() {
    HostilePeers.Builder peers = only(HostilePeer.STRANGER);

    String failures = failures(peers, Gullible::talk);

    assertThat(failures)
        .contains("certificate of a stranger: the client trusted a certificate of nobody it knows");
  }

  @Test
  void tellAClientThatDropsGluedBytes() {
    HostilePeers.Builder peers = only(HostilePeer.GLUED).startTls("C: STARTTLS\nS: 220 go ahead");

    String failures = failures(peers, server -> {
      try (PlainClient client = PlainClient.connect(server)) {
        client.send("STARTTLS\r\n");
        client.readLine();
        client.send("\u0016");
        client.read();
        throw new IOException("no TLS");
      }
    });

    assertThat(failures)
        .contains("\n  bytes glued after the go-ahead, at \"S: 220 go ahead\": the client went on"
            + " in spite of the bytes after the go-ahead");
  }

  @Test
  void tellAClientThatDoesNotKeepToTheScript() {
    HostilePeers.Builder peers = only(HostilePeer.CUT).after("C: HELLO");

    String failures = failures(peers, server -> {
      try (LineClient client = new LineClient(server, LINES)) {
        client.writeLine("HALLO");
        client.readLine();
        throw new IOException("enough");
      }
    });

    assertThat(failures)
        .contains("\n  hangs up, at \"C: HELLO\": the script before it: the client"
            + " said another line\n");
  }

  @Test
  void tellAClientThatNeverCame() {
    String failures = failures(HostilePeers.builder(), server -> {
      throw new IOException("no mood");
    });

    assertThat(failures).contains("\n  silent: the client ended before it came to that");
  }

  /** Greets, unless its time is up before, and reads to the end. */
  private static TestedClient outOfTime(IntPredicate runs) {
    AtomicInteger run = new AtomicInteger();
    return server -> {
      // Counted before it connects, which fails when the peer resets the connection at once.
      boolean late = runs.test(run.incrementAndGet());
      try (PlainClient client = connect(server)) {
        if (late) {
          throw new SocketTimeoutException("too slow");
        }
        client.send("HELLO\r\n");
        client.drain();
        throw new EOFException("the server hung up");
      }
    };
  }

  private static HostilePeers.Builder fourRuns() {
    return only(HostilePeer.CUT, HostilePeer.RESET).after("C: HELLO\nS: hello");
  }

  @Test
  void passAClientThatIsOnceTooSlowForAGoodConversation() throws Exception {
    fourRuns().run(outOfTime(run -> run == 3));
  }

  @Test
  void tellAClientThatIsAlwaysTooSlowForAGoodConversation() {
    String failures = failures(fourRuns(), outOfTime(run -> run >= 3));

    assertThat(failures).contains("hangs up, at \"S: hello\": ", "resets, at \"S: hello\": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S: a\n<close>", "S: a\n<STARTTLS>", "S: a\n<next connection>\nS: b"})
  void refuseAScriptThatLeavesNothingToDo(String script) {
    HostilePeers.Builder peers = HostilePeers.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> peers.after(script));
    assertThatIllegalArgumentException().isThrownBy(() -> peers.startTls(script));
  }

  @Test
  void refuseAScriptThatDoesNotEndWithTheGoAhead() {
    HostilePeers.Builder peers = HostilePeers.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> peers.startTls("S: a\nC: b"));
  }

  @Test
  void refuseNamesThatAreNone() {
    HostilePeers.Builder peers = HostilePeers.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> peers.without("friendly"))
        .withMessage("there is no hostile peer \"friendly\"");
    assertThatIllegalArgumentException().isThrownBy(() -> peers.bound(Duration.ZERO));
  }
}
