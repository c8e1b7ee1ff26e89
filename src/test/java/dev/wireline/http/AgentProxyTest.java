package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.ProxyException;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that goes through proxies. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentProxyTest {
  private static final String BASIC = "Basic dTpw";

  private static HttpAgent through(RawServer proxy, String scheme) {
    String url = scheme + "u:p@" + proxy.endpoint().authority();
    return HttpAgent.builder().proxies(Proxies.of(url).except("direct.test")).build();
  }

  @Test
  void asksTheProxyForPlainHttpInAbsoluteForm() throws Exception {
    try (RawServer proxy = RawServer.answering(Answers.ok("one"), Answers.ok("two"));
        HttpAgent agent = through(proxy, "http://")) {
      HttpRequest secret = HttpRequest.get("http://one.test/a?b#c").header("Authorization", "x");

      assertThat(agent.send(secret).text()).isEqualTo("one");
      assertThat(agent.send(HttpRequest.options("http://two.test:81")).text()).isEqualTo("two");

      String first = proxy.requests().get(0).head();
      assertThat(first).startsWith("GET http://one.test/a?b HTTP/1.1\r\nHost: one.test\r\n");
      assertThat(first).contains("Proxy-Authorization: " + BASIC + "\r\n");
      assertThat(proxy.requests().get(1).head())
          .startsWith("OPTIONS http://two.test:81/ HTTP/1.1\r\nHost: two.test:81\r\n");
      // One connection to the proxy serves all origins.
      assertThat(proxy.connections()).isOne();
    }
  }

  @Test
  void asksATlsProxyForItsOwnNameAlsoWhenItPassesOn() throws Exception {
    try (RawServer proxy = RawServer.builder(Answers.ok("passed on")).tls().start()) {
      Tls tls =
          Tls.builder().context(proxy.clientContext()).serverName("origin.test").build();
      HttpOptions options =
          HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
      try (HttpAgent agent = HttpAgent.builder()
          .options(options)
          .proxies(Proxies.of(HttpProxy.of(proxy.endpoint())))
          .build()) {
        assertThat(agent.get("http://one.test/").text()).isEqualTo("passed on");
      }
    }
  }

  @Test
  void asksAServerThatIsExceptedDirectlyAndTellsItNothingOfTheProxy() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("direct"));
        HttpAgent agent = HttpAgent.builder()
            .proxies(Proxies.of("http://u:p@127.0.0.1:1").except("127.0.0.0/8"))
            .build()) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("direct");

      assertThat(server.requests().get(0).head())
          .startsWith("GET / HTTP/1.1\r\n")
          .doesNotContain("Proxy");
    }
  }

  @Test
  void neverSharesAConnectionBetweenAProxyAndAnOriginAtItsAddress() throws Exception {
    try (RawServer both = RawServer.answering(Answers.ok("forwarded"), Answers.ok("direct"));
        HttpAgent agent = HttpAgent.builder()
            .proxies(Proxies.of(Agents.origin(both)).except("127.0.0.1"))
            .build()) {
      assertThat(agent.get("http://one.test/").text()).isEqualTo("forwarded");
      assertThat(agent.get(Agents.origin(both)).text()).isEqualTo("direct");

      assertThat(both.connections()).isEqualTo(2);
    }
  }

  @Test
  void answersTheProxysDigestChallenge() throws Exception {
    RawAnswer challenge =
        Agents.status(407, "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"\r\n");
    try (RawServer proxy = RawServer.answering(challenge, Answers.ok("in"), Answers.ok("more"))) {
      HttpProxy digest = HttpProxy.of(proxy.endpoint(), Credentials.digest("u", "p"));
      try (HttpAgent agent = HttpAgent.builder().proxies(Proxies.of(digest)).build()) {
        assertThat(agent.get("http://one.test/a?b").text()).isEqualTo("in");
        assertThat(agent.get("http://two.test/").text()).isEqualTo("more");
      }

      assertThat(Agents.field(proxy.requests().get(1), "Proxy-Authorization"))
          .contains("uri=\"http://one.test/a?b\"", "nc=00000001");
      assertThat(Agents.field(proxy.requests().get(2), "Proxy-Authorization"))
          .contains("uri=\"http://two.test/\"", "nc=00000002");
    }
  }

  @Test
  void opensATunnelForHttpsAndKeepsItsSecretsFromTheProxy() throws Exception {
    try (TlsTunnel tunnel = TlsTunnel.start("in the tunnel")) {
      Tls tls = Tls.builder().context(tunnel.clientContext()).build();
      HttpOptions options =
          HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
      try (HttpAgent agent = HttpAgent.builder()
          .options(options)
          .proxies(Proxies.of("http://u:p@" + tunnel.endpoint().authority()))
          .credentials("https://localhost", Credentials.bearer("token"))
          .build()) {
        HttpResponse response = agent.get("https://localhost/a");

        assertThat(response.text()).isEqualTo("in the tunnel");
        assertThat(tunnel.outside())
            .contains("CONNECT localhost:443 HTTP/1.1", "Proxy-Authorization: " + BASIC)
            .doesNotContain("Authorization: Bearer token");
        assertThat(tunnel.inside())
            .contains("GET /a HTTP/1.1", "Host: localhost", "Authorization: Bearer token")
            .noneMatch(line -> line.startsWith("Proxy"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\n",
        "Content-Length: 4\r\nConnection: close\r\n",
        "Content-Length: 4\r\nProxy-Connection: close\r\n",
        "Transfer-Encoding: chunked\r\n",
        ""
      })
  void answersADigestChallengeToConnectOfAProxyThatHangsUp(String fields) throws Exception {
    String challenge = "HTTP/1.1 407 Who are you\r\n" + fields
        + "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"\r\n\r\nbody";
    try (TlsTunnel tunnel = TlsTunnel.challenging(challenge, "in the tunnel")) {
      Tls tls = Tls.builder().context(tunnel.clientContext()).build();
      HttpProxy proxy = HttpProxy.of(tunnel.endpoint(), Credentials.digest("u", "p"));
      try (HttpAgent agent = HttpAgent.builder()
          .options(
              HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build())
          .proxies(Proxies.of(proxy))
          .build()) {
        assertThat(agent.get("https://localhost/a").text()).isEqualTo("in the tunnel");
      }

      assertThat(tunnel.outside())
          .filteredOn(line -> line.startsWith("Proxy-Authorization"))
          .singleElement()
          .asString()
          .contains("uri=\"localhost:443\"", "nc=00000001");
    }
  }

  @Test
  void saysThatADigestWasRefusedThatWasSent() throws Exception {
    String digest = "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"\r\n";
    try (RawServer proxy = RawServer.answering(Agents.status(407, digest));
        HttpAgent agent = HttpAgent.builder()
            .proxies(Proxies.of(HttpProxy.of(proxy.endpoint(), Credentials.digest("u", "p"))))
            .build()) {
      assertThatThrownBy(() -> agent.get("https://localhost/"))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("it refuses the credentials: 407");
      assertThat(proxy.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void namesProxyAndTargetWhereTheProxyIsDead(String scheme) throws Exception {
    Endpoint dead;
    try (RawServer gone = RawServer.answering(Answers.ok(""))) {
      dead = gone.endpoint();
    }
    try (HttpAgent agent =
        HttpAgent.builder().proxies(Proxies.of("http://" + dead.authority())).build()) {
      int port = scheme.equals("http") ? 80 : 443;

      assertThatThrownBy(() -> agent.get(scheme + "://shop.test/"))
          .isInstanceOf(ConnectionRefusedException.class)
          .hasMessageContaining("on the way to " + (port == 80 ? "" : "tls://") + "shop.test:"
              + port + ", connecting to the proxy " + dead + ": connection refused");
    }
  }

  @Test
  void saysThatTheProxyRefusesTheTunnel() throws Exception {
    String bearer = "Proxy-Authenticate: Bearer\r\n";
    try (RawServer proxy = RawServer.answering(Agents.status(407, bearer));
        HttpAgent agent = through(proxy, "http://");
        HttpAgent silent = HttpAgent.builder()
            .proxies(Proxies.of(HttpProxy.of(proxy.endpoint(), Credentials.digest("u", "p"))))
            .build()) {
      ProxyException unsent =
          catchThrowableOfType(ProxyException.class, () -> silent.get("https://localhost/"));
      assertThat(unsent).hasMessageContaining("it asks for other credentials: 407");

      ProxyException e =
          catchThrowableOfType(ProxyException.class, () -> agent.get("https://localhost/"));

      assertThat(e).hasMessageContaining("it refuses the credentials: 407");
      assertThat(e.code()).hasValue(407);
      assertThat(e.getMessage()).doesNotContain("dTpw");
    }
  }
}
