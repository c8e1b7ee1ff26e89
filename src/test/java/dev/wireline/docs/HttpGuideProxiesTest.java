package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ProxyException;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpProxy;
import dev.wireline.http.Proxies;
import dev.wireline.net.Dialer;
import dev.wireline.net.SocksProxy;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/proxies.md. */
@Timeout(60)
class HttpGuideProxiesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void goesThroughOneProxy() throws IOException {
    try (var server = RawServer.answering(Answers.ok("by way of the proxy"))) {
      String proxy = "http://user:password@" + server.endpoint().authority();

      // docs: http-proxy
      Proxies everywhere = Proxies.of(proxy); // such as "http://user:password@proxy.example:3128"
      Proxies proxies = everywhere.except("localhost, .intern.example, 10.0.0.0/8");
      try (HttpAgent agent = HttpAgent.builder().proxies(proxies).build()) {
        System.out.println(agent.get("http://example.org/").text());
      }
      // end: http-proxy

      assertThat(printed.lines()).containsExactly("by way of the proxy");
      assertThat(server.requests().get(0).head())
          .startsWith("GET http://example.org/ HTTP/1.1\r\n")
          .contains("Proxy-Authorization: Basic ");
      assertThat(proxies.proxyFor(HttpUrl.parse("https://a.intern.example/"))).isEmpty();
      assertThat(proxies.proxyFor(HttpUrl.parse("http://10.1.2.3/"))).isEmpty();
      assertThat(proxies.proxyFor(HttpUrl.parse("https://example.org/"))).isPresent();
      assertThat(proxies.toString()).doesNotContain("password");
    }
  }

  @Test
  void asksTheEnvironment() {
    // docs: http-proxy-environment
    HttpAgent agent = HttpAgent.builder().proxies(Proxies.fromEnvironment()).build();
    // end: http-proxy-environment
    agent.close();

    Proxies named = Proxies.fromEnvironment(
        Map.of("HTTPS_PROXY", "socks5://proxy.example", "NO_PROXY", "example.org:8443,192.0.2.1"));
    assertThat(named.proxyFor(HttpUrl.parse("https://example.org/"))).isPresent();
    assertThat(named.proxyFor(HttpUrl.parse("https://example.org:8443/"))).isEmpty();
    assertThat(named.proxyFor(HttpUrl.parse("https://192.0.2.1/"))).isEmpty();
    assertThat(named.proxyFor(HttpUrl.parse("http://example.org/"))).isEmpty();
  }

  @Test
  void passesOverAVariableThatACgiProgramGotFromItsClient() {
    Map<String, String> cgi = Map.of("HTTP_PROXY", "http://evil.example", "REQUEST_METHOD", "GET");

    assertThat(Proxies.fromEnvironment(cgi).proxyFor(HttpUrl.parse("http://example.org/")))
        .isEmpty();
  }

  @Test
  void provesItselfByDigest() throws IOException {
    String challenge = "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"\r\n";
    try (var server =
        RawServer.answering(Answers.status("407 Who", challenge, ""), Answers.ok("in"))) {
      Endpoint endpoint = server.endpoint();

      // docs: http-proxy-digest
      Credentials credentials = Credentials.digest("user", "password");
      HttpProxy proxy = HttpProxy.of(endpoint, credentials);
      HttpAgent agent = HttpAgent.builder().proxies(Proxies.of(proxy)).build();
      // end: http-proxy-digest

      try (agent) {
        assertThat(agent.get("http://example.org/").text()).isEqualTo("in");
      }
      assertThat(Answers.fields(server, "Proxy-Authorization").get(1)).startsWith("Digest ");
    }
  }

  @Test
  void saysThatTheProxyRefuses() throws IOException {
    try (var server = RawServer.answering(Answers.status("403 No", "", ""));
        var agent =
            HttpAgent.builder().proxies(Proxies.of(Answers.origin(server))).build()) {

      assertThat(agent.get("http://example.org/").status()).isEqualTo(403);
      assertThatExceptionOfType(ProxyException.class)
          .isThrownBy(() -> agent.get("https://example.org/"))
          .withMessageContaining("403");
    }
  }

  @Test
  void leadsAClientThroughSocks() throws IOException {
    Peer peer = connection -> {
      connection.read(3);
      connection.write(new byte[] {5, 0});
      connection.read(5 + "example.org".length() + 2);
      connection.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      assertThat(connection.readHead()).startsWith("GET / HTTP/1.1");
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ntunnel");
      connection.awaitClosedByPeer(SOON);
    };
    try (var server = PeerServer.start(peer)) {
      Endpoint endpoint = server.endpoint();

      // docs: http-socks-client
      SocksProxy proxy = SocksProxy.of(endpoint);
      Dialer dialer = Dialer.builder().connector(proxy).build();
      HttpOptions options = HttpOptions.builder().dialer(dialer).build();
      try (HttpClient client = new HttpClient("http://example.org", options)) {
        System.out.println(client.get("/").text());
      }
      // end: http-socks-client

      assertThat(printed.lines()).containsExactly("tunnel");
      assertThat(server.failure()).isEmpty();
    }
  }
}
