package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.Proxies;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TinyproxyAgentTest extends HttpProxyAgentCases {
  @Override
  ProxyServer start() throws IOException {
    return PairOfProxies.tinyproxy();
  }

  /** It closes after each response, which says in HTTP/1.1 and without Connection that it does not. */
  @Override
  boolean keepsItsWord() {
    return false;
  }

  @Test
  void isAskedByFreshConnectionsForWhatMustNotBeSentTwice() throws Exception {
    HttpRequest post = HttpRequest.post(server().url("/items")).body(Body.of("a", "text/plain"));
    try (HttpAgent agent = server()
        .agent()
        .options(server().options().keepAlive(false).build())
        .proxies(Proxies.of("http://" + proxy().open().authority()))
        .build()) {
      for (int i = 0; i < 20; i++) {
        assertThat(agent.send(post).text()).isEqualTo("made\n");
      }
    }
  }
}
