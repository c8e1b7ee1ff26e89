package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Connector;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What any proxy has to be good for, whatever its make. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyCases {
  private ProxyServer proxy;

  abstract ProxyServer start() throws IOException;

  abstract Connector through(Endpoint proxy);

  abstract Connector through(Endpoint proxy, String user, String password);

  @BeforeAll
  void startProxy() throws IOException {
    proxy = start();
  }

  @AfterAll
  void stopProxy() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
  }

  ProxyServer proxy() {
    return proxy;
  }

  private Connector open() {
    return through(proxy.open());
  }

  private Connector closed() {
    return through(proxy.closed(), ProxyServer.USER, ProxyServer.PASSWORD);
  }

  static LineClient lines(Endpoint target, Connector connector) {
    Dialer dialer = Dialer.builder().connector(connector).build();
    return new LineClient(target, LineOptions.builder().dialer(dialer).build());
  }

  @Test
  void leadsToAPeerThatSpeaksFirst() throws Exception {
    String script = "S: 220 ready\nC: QUIT\nS: 221 bye";
    for (Connector connector : new Connector[] {open(), closed()}) {
      try (ScriptedServer server = ScriptedServer.play(script);
          LineClient client = lines(server.endpoint(), connector)) {
        assertThat(client.readLine()).isEqualTo("220 ready");
        client.writeLine("QUIT");
        assertThat(client.readLine()).isEqualTo("221 bye");
        server.verify();
      }
    }
  }

  @Test
  void leadsToAPeerWithTls() throws Exception {
    try (EchoServer server = EchoServer.builder().tls().start()) {
      Dialer dialer = Dialer.builder()
          .connector(closed())
          .tls(Tls.builder().context(server.clientContext()).build())
          .build();
      try (LineClient client =
          new LineClient(server.endpoint(), LineOptions.builder().dialer(dialer).build())) {
        for (int i = 0; i < 100; i++) {
          client.writeLine("line " + i);
          assertThat(client.readLine()).isEqualTo("line " + i);
        }
      }
    }
  }

  @Test
  void leadsToAWebServerByName() throws Exception {
    TestCertificate certificate = TestCertificate.onlyForHost("localhost");
    try (RawServer server = RawServer.builder(
            RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
        .tls(certificate)
        .start()) {
      Dialer dialer = Dialer.builder()
          .connector(closed())
          .tls(Tls.builder().trust(certificate.authority()).build())
          .build();
      Endpoint target = Endpoint.tls("localhost", server.endpoint().port());
      try (HttpClient client =
          new HttpClient(target, HttpOptions.builder().dialer(dialer).build())) {
        assertThat(client.get("/").text()).isEqualTo("hello");
        assertThat(server.requests())
            .hasSize(1)
            .allSatisfy(
                request -> assertThat(request.head()).doesNotContain(ProxyServer.USER, "Proxy-"));
      }
    }
  }

  @Test
  void carriesManyBytesBothWays() throws Exception {
    String line = "x".repeat(50_000);
    try (EchoServer server = EchoServer.start();
        LineClient client = lines(server.endpoint(), open())) {
      for (int i = 0; i < 40; i++) {
        client.writeLine(line);
        assertThat(client.readLine()).isEqualTo(line);
      }
    }
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    try (EchoServer server = EchoServer.start()) {
      Connector connector = through(proxy.closed(), ProxyServer.USER, "wrong");
      assertRefused(server, connector);
    }
  }

  @Test
  void refusesWhoShowsNoPassword() throws Exception {
    try (EchoServer server = EchoServer.start()) {
      assertRefused(server, through(proxy.closed()));
    }
  }

  private static void assertRefused(EchoServer server, Connector connector) {
    try (LineClient client = lines(server.endpoint(), connector)) {
      assertThatThrownBy(client::connect)
          .isInstanceOfSatisfying(
              ProxyException.class, e -> assertThat(e.phase()).isEqualTo(Phase.PROXY))
          .hasMessageNotContaining("wrong");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void saysThatItCannotReachTheTarget() throws Exception {
    Endpoint nobody = FreePorts.take(1).get(0);
    try (LineClient client = lines(nobody, closed())) {
      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(nobody.toString());
    }
  }

  @Test
  void isMissedWhenItIsNotThere() throws Exception {
    Endpoint nobody = FreePorts.take(1).get(0);
    try (EchoServer server = EchoServer.start();
        LineClient client = lines(server.endpoint(), through(nobody))) {
      assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
      assertThat(server.connections()).isZero();
    }
  }
}
