package dev.wireline.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a server that shares no line of code with this library. */
@Timeout(60)
class ForeignServerTest {
  private static final Dialer IMPATIENT =
      Dialer.builder().silenceTimeout(Duration.ofMillis(300)).build();

  private static final String PASSWORD = "password";

  private static WireMockServer server;

  private static Path keys;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    keys = keysForLocalhost(folder.resolve("keys.p12"));
    server = new WireMockServer(wireMockConfig()
        .dynamicPort()
        .dynamicHttpsPort()
        .keystoreType("PKCS12")
        .keystorePath(keys.toString())
        .keystorePassword(PASSWORD)
        .keyManagerPassword(PASSWORD));
    server.start();
  }

  /** The server takes its key from a file, which the tool of the JDK makes. */
  private static Path keysForLocalhost(Path file) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options = "-genkeypair -alias x -keyalg EC -dname CN=localhost -ext san=dns:localhost"
        + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore";
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options.split(" ")));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    assertThat(process.waitFor()).as(said).isZero();
    return file;
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void forget() {
    server.resetAll();
  }

  private static HttpClient client() {
    return new HttpClient("localhost:" + server.port());
  }

  @Test
  void areAnswered() throws Exception {
    server.stubFor(get("/a?b=c%20d").willReturn(ok("got it").withHeader("X-Id", "7", "8")));
    server.stubFor(delete("/a").willReturn(aResponse().withStatus(204)));
    server.stubFor(any(urlEqualTo("/gone")).willReturn(aResponse().withStatus(404)));
    try (HttpClient client = client()) {
      HttpResponse page = client.get("/a?b=c%20d");

      assertThat(page.text()).isEqualTo("got it");
      assertThat(page.headers().all("x-id")).containsExactly("7", "8");
      assertThat(client.head("/gone").status()).isEqualTo(404);
      assertThat(client.send(HttpRequest.delete("/a")).status()).isEqualTo(204);
      assertThat(client.get("/gone").text()).isEmpty();
      server.verify(getRequestedFor(urlEqualTo("/a?b=c%20d"))
          .withHeader("Host", equalTo("localhost:" + server.port()))
          .withoutHeader("Content-Length")
          .withHeader("User-Agent", equalTo(HttpOptions.standard().userAgent())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8192, 8193, 1_000_000})
  void carryBodies(int size) throws Exception {
    byte[] content = "0123456789".repeat(size / 10 + 1).substring(0, size).getBytes(US_ASCII);
    server.stubFor(post("/items").willReturn(aResponse().withStatus(201).withBody(content)));
    server.stubFor(put("/items").willReturn(ok()));
    Body body = Body.of(content, "application/octet-stream");
    try (HttpClient client = client()) {
      HttpResponse created = client.send(HttpRequest.post("/items").body(body));

      assertThat(created.status()).isEqualTo(201);
      assertThat(created.bytes()).isEqualTo(content);
      assertThat(client.send(HttpRequest.put("/items").body(body)).status()).isEqualTo(200);
      assertThat(server.getAllServeEvents()).allSatisfy(event -> {
        assertThat(event.getRequest().getBody()).isEqualTo(content);
        assertThat(event.getRequest().getHeader("Content-Type"))
            .isEqualTo("application/octet-stream");
      });
    }
  }

  @Test
  void getTheirAnswerInChunksThatDribble() throws Exception {
    String text = "lorem ipsum dolor sit amet\n".repeat(40);
    server.stubFor(get("/").willReturn(ok(text).withChunkedDribbleDelay(10, 200)));
    try (HttpClient client = client()) {
      HttpResponse response = client.get("/");

      assertThat(response.header("Transfer-Encoding")).contains("chunked");
      assertThat(response.text()).isEqualTo(text);
      assertThat(client.get("/").lines()).hasSize(40);
      assertThat(client.get("/").body().readAllBytes()).hasSize(text.length());
    }
  }

  @Test
  void areGivenUpWhenTheAnswerIsTooLate() throws Exception {
    server.stubFor(get("/late").willReturn(ok("late").withFixedDelay(5_000)));
    server.stubFor(get("/").willReturn(ok("next")));
    HttpOptions options = HttpOptions.builder().dialer(IMPATIENT).build();
    try (HttpClient client = new HttpClient(Endpoint.tcp("localhost", server.port()), options)) {
      assertThatThrownBy(() -> client.get("/late"))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.phase()).isEqualTo(Phase.HEAD));

      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void failWhenNothingComes() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(ConnectionClosedException.class);

      server.verify(1, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void failWhenNothingComesOnAKeptConnectionOnceTheyWereSentAgain() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    server.stubFor(get("/good").willReturn(ok("good")));
    try (HttpClient client = client()) {
      client.get("/good");
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(ConnectionClosedException.class);
      server.verify(2, getRequestedFor(urlEqualTo("/")));

      client.get("/good");
      assertThatThrownBy(() -> client.send(HttpRequest.post("/items")))
          .isInstanceOf(ConnectionClosedException.class);
      server.verify(1, anyRequestedFor(urlEqualTo("/items")));
    }
  }

  @Test
  void failWhenTheConnectionIsReset() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(ConnectionClosedException.class);
      server.resetAll();
      server.stubFor(get("/").willReturn(ok("next")));

      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void failWhenTheAnswerIsRandom() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(PeerProtocolException.class);
      server.resetAll();
      server.stubFor(get("/").willReturn(ok("next")));

      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void failInTheBodyWhenItIsMalformed() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    try (HttpClient client = client()) {
      HttpResponse response = client.get("/");

      assertThat(response.status()).isEqualTo(200);
      assertThatThrownBy(response::text).isInstanceOf(PeerProtocolException.class);
      InputStream body = client.get("/").body();
      assertThatThrownBy(body::readAllBytes).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void areAnsweredOverTls() throws Exception {
    server.stubFor(get("/").willReturn(ok("sealed")));
    Tls tls = Tls.builder().trust(certificate()).build();
    HttpOptions options =
        HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
    Endpoint origin = Endpoint.tls("localhost", server.httpsPort());
    try (HttpClient client = new HttpClient(origin, options);
        HttpClient doubting = new HttpClient(origin)) {
      assertThat(client.get("/").text()).isEqualTo("sealed");
      assertThat(client.get("/").text()).isEqualTo("sealed");
      assertThatThrownBy(() -> doubting.get("/")).isInstanceOf(TlsException.class);
    }
  }

  private static X509Certificate certificate() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return (X509Certificate) store.getCertificate("x");
  }
}
