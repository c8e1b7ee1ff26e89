package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ProxyException;
import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.CallEvent;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpProxy;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Proxies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SquidAgentTest extends HttpProxyAgentCases {
  @Override
  ProxyServer start() throws IOException {
    return Squid.start();
  }

  /** Squid 5.7 hangs up now and then on a large body that it passes on, whoever sends it. */
  @Override
  int uploadBytes(boolean tunnelled) {
    return tunnelled ? WebServer.LARGE_BYTES : 60_000;
  }

  private HttpAgent.Builder prover(String password) {
    Credentials credentials = Credentials.digest(ProxyServer.USER, password);
    return server().agent().proxies(Proxies.of(HttpProxy.of(proxy().closed(), credentials)));
  }

  @Test
  void asksForSeveralOriginsOverOneConnection() throws Exception {
    List<CallEvent.Kind> events = new ArrayList<>();
    String hasty = "http://" + server().ports().hasty().authority();
    String stingy = "http://" + server().ports().stingy().authority();
    try (HttpAgent agent =
        through(proxy().open()).listener(event -> events.add(event.kind())).build()) {
      for (int i = 0; i < 10; i++) {
        HttpResponse page = agent.get(server().url("/page.txt"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        assertThat(page.header("Via").orElseThrow()).contains("squid");
        assertThat(agent.get(hasty + "/page.txt").text()).isEqualTo(WebServer.PAGE);
        assertThat(agent.get(stingy + "/page.txt").text()).isEqualTo(WebServer.PAGE);
      }

      assertThat(events).containsOnlyOnce(CallEvent.Kind.CONNECTED);
    }
  }

  @Test
  void provesThePasswordOnceAndTakesTheNextNonceBeforeTheLastIsWorn() throws Exception {
    try (HttpAgent agent = prover(ProxyServer.PASSWORD).build()) {
      HttpResponse first = agent.get(server().url("/page.txt"));
      first.bytes();
      int renewals = 0;
      for (int i = 0; i < 5 * Squid.NONCE_USES; i++) {
        HttpResponse page = agent.get(server().url("/page.txt?i=" + i));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        assertThat(page.attempts()).hasSize(1);
        String says = page.header("Proxy-Authentication-Info").orElse("");
        renewals += says.contains("nextnonce") ? 1 : 0;
      }

      assertThat(first.attempts()).extracting(Attempt::status).containsExactly(407, 200);
      assertThat(renewals).isBetween(4, 6);
    }
  }

  @Test
  void provesThePasswordForTunnels() throws Exception {
    try (HttpAgent agent = prover(ProxyServer.PASSWORD).build();
        HttpAgent coming = prover(ProxyServer.PASSWORD)
            .options(server().options().keepAlive(false).build())
            .build()) {
      assertThat(agent.get(server().secureUrl("/page.txt")).text()).isEqualTo(WebServer.PAGE);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
      for (int i = 0; i < 3 * Squid.NONCE_USES; i++) {
        HttpResponse page = coming.get(server().secureUrl("/page.txt"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        assertThat(page.header("X-Proxy").orElse("")).isEmpty();
      }
    }
  }

  @Test
  void keepsABodyUntilTheProxyWantsIt() throws Exception {
    byte[] content = Arrays.copyOf(WebServer.large(), uploadBytes(false));
    HttpRequest put = HttpRequest.put(server().url("/stored/proved"))
        .header("Expect", "100-continue")
        .body(Body.of(content, "application/octet-stream"));
    try (HttpAgent agent = prover(ProxyServer.PASSWORD).build()) {
      HttpResponse stored = agent.send(put);

      assertThat(stored.status()).isEqualTo(201);
      assertThat(stored.attempts()).extracting(Attempt::status).containsExactly(407, 201);
      assertThat(agent.send(put).attempts()).extracting(Attempt::status).containsExactly(204);
      assertThat(agent.get(server().url("/stored/proved")).bytes()).isEqualTo(content);
    }
  }

  @Test
  void refusesAWrongProof() throws Exception {
    try (HttpAgent agent = prover("mistaken").build()) {
      HttpResponse refused = agent.get(server().url("/page.txt"));

      assertThat(refused.status()).isEqualTo(407);
      assertThat(refused.attempts()).extracting(Attempt::status).containsExactly(407, 407);
      assertThatThrownBy(() -> agent.get(server().secureUrl("/page.txt")))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("refuses the credentials")
          .hasMessageNotContaining("mistaken");
    }
  }

  @Test
  void showsThePageOfARefusal() throws Exception {
    String nobody = "http://" + FreePorts.take(1).get(0).authority() + "/";
    try (HttpAgent agent = through(proxy().open()).build()) {
      HttpResponse missing = agent.get(nobody);
      HttpResponse unknown = agent.get("http://nowhere.invalid/");
      HttpResponse forbidden = agent.get("http://forbidden.test/");

      assertThat(missing.status()).isEqualTo(503);
      assertThat(missing.header("X-Squid-Error").orElseThrow()).startsWith("ERR_CONNECT_FAIL");
      assertThat(missing.text()).contains("ERR_CONNECT_FAIL");
      assertThat(unknown.status()).isBetween(500, 504);
      assertThat(unknown.header("X-Squid-Error").orElseThrow()).startsWith("ERR_");
      assertThat(forbidden.status()).isEqualTo(403);
      assertThatThrownBy(() -> agent.get("https://forbidden.test/"))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("403");
    }
  }
}
