package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ProxyException;
import dev.wireline.http.HttpAgent;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosocksAgentTest extends ProxyAgentCases {
  @Override
  ProxyServer start() throws IOException {
    return PairOfProxies.microsocks();
  }

  @Override
  String scheme() {
    return "socks5h";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesWhoHasNoPasswordOrAWrongOne(boolean wrong) throws Exception {
    try (HttpAgent agent =
        wrong ? member("mistaken") : through(proxy().closed()).build()) {
      for (boolean secure : new boolean[] {false, true}) {
        assertThatThrownBy(() -> agent.get(url(secure, "/page.txt")))
            .isInstanceOf(ProxyException.class)
            .hasMessageNotContaining("mistaken");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https://"})
  void leadsToNothingThatIsNotThere(String scheme) throws Exception {
    Endpoint nobody = FreePorts.take(1).get(0);
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      assertThatThrownBy(() -> agent.get(scheme + nobody.authority()))
          .isInstanceOf(ProxyException.class);
      assertThatThrownBy(() -> agent.get(scheme + "nowhere.invalid"))
          .isInstanceOf(ProxyException.class);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }
}
