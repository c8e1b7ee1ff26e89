package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The places that a client talks to, and what Host says of them. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class OriginTest {

  private static String hostOf(RawRequest request) {
    return request
        .head()
        .lines()
        .filter(line -> line.startsWith("Host: "))
        .findFirst()
        .orElse("");
  }

  @Test
  void takesAUrlOfItsOwnOriginAlone() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of("HTTP/1.1 204 No Content\r\n\r\n"));
        HttpClient client = new HttpClient(server.endpoint())) {
      String origin = "http://127.0.0.1:" + server.endpoint().port();

      int status = client.get(origin + "/a?b#c").status();

      assertThat(status).isEqualTo(204);
      assertThatThrownBy(
              () -> client.get("https://127.0.0.1:" + server.endpoint().port()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the origin of this client");
    }
  }

  /** The loopback addresses of this machine: of one family or of both. */
  static Stream<InetAddress> loopbacks() throws IOException {
    byte[] six = new byte[16];
    six[15] = 1;
    byte[] four = {127, 0, 0, 1};
    return Stream.of(InetAddress.getByAddress(four), InetAddress.getByAddress(six))
        .filter(OriginTest::isHere);
  }

  private static boolean isHere(InetAddress address) {
    try (PeerServer server = PeerServer.builder().address(address).start(PeerConnection::hold)) {
      return server.port() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("loopbacks")
  void areAddressesOfBothFamilies(InetAddress address) throws Exception {
    try (RawServer server = RawServer.builder(Answers.ok("x")).address(address).start();
        HttpClient client = new HttpClient(server.endpoint().authority())) {
      assertThat(client.get("/").text()).isEqualTo("x");

      assertThat(hostOf(server.requests().get(0)))
          .isEqualTo("Host: " + server.endpoint().authority());
    }
  }

  @Test
  void speakTlsWhereTheyAreHttps() throws Exception {
    try (RawServer server =
            RawServer.builder(Answers.ok("x"), Answers.chunked("y")).tls().start();
        HttpClient client = new HttpClient(
            Endpoint.parse("https://localhost:" + server.endpoint().port(), HttpClient.PROTOCOL),
            Clients.trusting(server.clientContext()).build())) {
      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(client.get("/").text()).isEqualTo("y");

      assertThat(server.connections()).isEqualTo(1);
      assertThat(hostOf(server.requests().get(0)))
          .isEqualTo("Host: localhost:" + server.endpoint().port());
    }
  }

  @Test
  void areRefusedWhereTheCertificateIsForAnotherHost() throws Exception {
    TestCertificate other = TestCertificate.onlyForHost("other.test");
    try (RawServer server = RawServer.builder(Answers.ok("x")).tls(other).start();
        HttpClient client = Clients.trusting(server)) {
      TlsException e = catchThrowableOfType(TlsException.class, () -> client.get("/"));

      assertThat(e.phase()).isEqualTo(Phase.TLS);
      assertThat(server.requests()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void areRefusedWhereNobodyTrustsTheCertificate() throws Exception {
    try (RawServer server = RawServer.builder(Answers.ok("x")).tls().start();
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(TlsException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void areUnixSocketsWhoseHostIsLocalhost() throws Exception {
    try (RawServer server = RawServer.builder(Answers.ok("x")).unix().start();
        HttpClient client = new HttpClient(server.endpoint().toString())) {
      assertThat(client.get("/").text()).isEqualTo("x");
      client.send(HttpRequest.get("/").header("Host", "api.example:8080"));

      assertThat(server.connections()).isEqualTo(1);
      assertThat(hostOf(server.requests().get(0))).isEqualTo("Host: localhost");
      assertThat(server.requests().get(1).head())
          .isEqualTo("GET / HTTP/1.1\r\nHost: api.example:8080\r\nUser-Agent: Wireline\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org",
    "EXAMPLE.org:80, example.org",
    "http://example.org:80, example.org",
    "example.org:443, example.org:443",
    "example.org:8080, example.org:8080",
    "https://example.org, example.org",
    "https://example.org:443, example.org",
    "https://example.org:80, example.org:80",
    "192.0.2.1, 192.0.2.1",
    "[2001:DB8::1], [2001:db8::1]",
    "[2001:db8::1]:80, [2001:db8::1]",
    "[2001:db8::1]:81, [2001:db8::1]:81",
    "https://[2001:db8::1]:443, [2001:db8::1]",
    "my_host.test:81, my_host.test:81",
    "b\u00fccher.example, xn--bcher-kva.example",
    "[fe80::1%lo]:8080, [fe80::1]:8080",
    "[fe80::1%lo], [fe80::1]",
  })
  void areNamedInHostWithoutTheDefaultPort(String text, String host) throws Exception {
    Endpoint endpoint = Endpoint.parse(text, HttpClient.PROTOCOL);
    RawServer.Builder builder = RawServer.builder(Answers.ok("x"));
    if (endpoint.isTls()) {
      builder.tls(TestCertificate.forHosts(endpoint.host()));
    }
    try (RawServer server = builder.start();
        HttpClient client = new HttpClient(endpoint, leadingTo(server))) {
      client.get("/");

      assertThat(hostOf(server.requests().get(0))).isEqualTo("Host: " + host);
    }
  }

  /** Options with a way that ends at that server, wherever it is to lead. */
  private static HttpOptions leadingTo(RawServer server) {
    Dialer.Builder dialer = Dialer.builder().connector(new Connector() {
      @Override
      public Endpoint proxy(Endpoint target) {
        return server.endpoint().withTls(false);
      }

      @Override
      public void open(Wire wire, Endpoint target, Deadline deadline) {}
    });
    if (server.endpoint().isTls()) {
      dialer.tls(Tls.builder().context(server.clientContext()).build());
    }
    return HttpOptions.builder().dialer(dialer.build()).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://",
        "http://example.org/",
        "example.org/path",
        "user:pw@example.org",
        "ftp://example.org",
        "example.org:0",
        "example.org:65536",
        "exa mple.org",
        "example.org\r\nX: y",
        "unix:relative.sock",
        "2130706433"
      })
  void areRefusedWhereTheyAreNone(String endpoint) {
    assertThatThrownBy(() -> new HttpClient(endpoint).close())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void areUnreachableEachInItsOwnWay(@TempDir Path folder) throws Exception {
    Endpoint closed;
    try (RawServer server = RawServer.answering(Answers.ok("x"))) {
      closed = server.endpoint();
    }
    Dialer unknown = Dialer.builder()
        .resolver(host -> {
          throw new UnknownHostException(host);
        })
        .build();
    try (HttpClient refused = new HttpClient(closed);
        HttpClient missing = new HttpClient(Endpoint.unix(folder.resolve("no.sock")));
        HttpClient nameless = new HttpClient(
            Endpoint.tcp("nowhere.test", 80),
            HttpOptions.builder().dialer(unknown).build())) {
      assertThatThrownBy(() -> refused.get("/")).isInstanceOf(ConnectionRefusedException.class);
      assertThatThrownBy(() -> missing.get("/")).isInstanceOf(ConnectFailedException.class);
      assertThatThrownBy(() -> nameless.get("/")).isInstanceOf(UnresolvedHostException.class);
      assertThat(refused.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void countTowardsTheTimeOfTheCallWhileTheyAreDialled() throws Exception {
    HttpOptions options =
        HttpOptions.builder().callTimeout(Duration.ofMillis(200)).build();
    try (PeerServer silent = PeerServer.start(PeerConnection::hold);
        HttpClient client = new HttpClient(silent.endpoint().withTls(true), options)) {
      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.get("/"));

      assertThat(e.phase()).isEqualTo(Phase.CALL);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void sendLargeBodiesOverTls() throws Exception {
    byte[] part = new byte[16_000];
    RawAnswer large = RawAnswer.of(Answers.head(part.length * 1_000L)).repeat(part, 1_000);
    try (RawServer server = RawServer.builder(large).tls().start();
        HttpClient client = Clients.trusting(server)) {
      assertThat(client.get("/").bytes()).hasSize(part.length * 1_000);
    }
  }
}
