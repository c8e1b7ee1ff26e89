package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.Body;
import dev.wireline.http.CallEvent;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Proxies;
import dev.wireline.testing.Caller;
import dev.wireline.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent has to get from a web server through any proxy, whatever its make. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyAgentCases {
  private ProxyServer proxy;
  private WebServer server;

  abstract ProxyServer start() throws IOException;

  /** How a proxy of this kind is named. */
  abstract String scheme();

  /** How large a body the proxy takes without fail. */
  int uploadBytes(boolean tunnelled) {
    return WebServer.LARGE_BYTES;
  }

  /** Whether a connection goes on after a response that does not say that it ends. */
  boolean keepsItsWord() {
    return true;
  }

  @BeforeAll
  void startBoth() throws IOException {
    proxy = start();
    server = Nginx.start();
  }

  @AfterAll
  void stopBoth() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  ProxyServer proxy() {
    return proxy;
  }

  WebServer server() {
    return server;
  }

  String url(boolean secure, String path) {
    return secure ? server.secureUrl(path) : server.url(path);
  }

  /** An agent that goes by the closed port. */
  HttpAgent member(String password) {
    String url = scheme() + "://" + ProxyServer.USER + ":" + password + "@"
        + proxy.closed().authority();
    return server.agent().proxies(Proxies.of(url)).build();
  }

  /** An agent that goes by a port without a password. */
  HttpAgent.Builder through(Endpoint port) {
    return server.agent().proxies(Proxies.of(scheme() + "://" + port.authority()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leadsAMemberToAWebServer(boolean secure) throws Exception {
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse page = agent.get(url(secure, "/page.txt"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        assertThat(page.header("X-Proxy").orElse("")).isEmpty();
        assertThat(agent.head(url(secure, "/page.txt")).bytes()).isEmpty();
        if (secure || keepsItsWord()) {
          HttpResponse made =
              agent.send(HttpRequest.post(url(secure, "/items")).body(Body.of("a", "text/plain")));
          assertThat(made.text()).isEqualTo("made\n");
        }
        assertThat(agent.get(url(secure, "/chunked")).text()).isEqualTo("GET\n" + WebServer.PAGE);
        assertThat(agent.get(url(secure, "/packed/numbers.txt")).text())
            .isEqualTo(WebServer.numbers());
        assertThat(agent.get(url(secure, "/missing")).status()).isEqualTo(404);
        assertThat(agent.send(HttpRequest.delete(url(secure, "/stored/none"))).status())
            .isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesLargeBodiesBothWays(boolean secure) throws Exception {
    byte[] content = Arrays.copyOf(WebServer.large(), uploadBytes(secure));
    HttpRequest put = HttpRequest.put(url(secure, "/stored/proxied"));
    String type = "application/octet-stream";
    try (HttpAgent agent = through(proxy.open()).build()) {
      assertThat(agent.send(put.body(Body.of(content, type))).status()).isIn(201, 204);
      assertThat(agent.get(url(secure, "/stored/proxied")).bytes()).isEqualTo(content);
      Body chunks = Body.of(new ByteArrayInputStream(content, 0, 50_000), type);
      assertThat(agent.send(put.body(chunks)).status()).isEqualTo(204);
      assertThat(agent.get(url(secure, "/stored/proxied")).bytes()).hasSize(50_000);
      HttpRequest expecting = put.header("Expect", "100-continue");
      assertThat(agent.send(expecting.body(Body.of(content, type))).status()).isEqualTo(204);
      assertThat(agent.get(url(secure, "/large.bin")).bytes()).isEqualTo(WebServer.large());
    }
  }

  @Test
  void followsARedirectFromHttpToHttps() throws Exception {
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      HttpResponse page = agent.get(server.url("/secured/page.txt"));

      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.request().url().orElseThrow().isSecure()).isTrue();
      assertThat(page.header("X-Proxy").orElse("")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void servesManyThreads(boolean secure) throws Exception {
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      List<Caller<Boolean>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(Caller.run(ThreadKind.PLATFORM, () -> {
          for (int j = 0; j < 10; j++) {
            assertThat(agent.get(url(secure, "/page.txt")).text()).isEqualTo(WebServer.PAGE);
          }
        }));
      }
      for (Caller<Boolean> caller : callers) {
        assertThat(caller.result()).isTrue();
      }
    }
  }

  @Test
  void keepsItsTunnel() throws Exception {
    List<CallEvent.Kind> events = new CopyOnWriteArrayList<>();
    try (HttpAgent agent =
        through(proxy.open()).listener(event -> events.add(event.kind())).build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(agent.get(server.secureUrl("/page.txt")).text()).isEqualTo(WebServer.PAGE);
      }

      assertThat(events)
          .containsOnlyOnce(
              CallEvent.Kind.CONNECTED, CallEvent.Kind.TUNNELLED, CallEvent.Kind.SECURED);
    }
  }
}
