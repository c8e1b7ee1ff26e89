package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent has to get through any proxy that takes requests and CONNECT. */
abstract class HttpProxyAgentCases extends ProxyAgentCases {
  @Override
  String scheme() {
    return "http";
  }

  @Test
  void answersForAPlainOriginThatIsNotThere() throws Exception {
    String nobody = "http://" + FreePorts.take(1).get(0).authority() + "/";
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      assertThat(agent.get(nobody).status()).isBetween(500, 504);
      assertThat(agent.get("http://nowhere.invalid/").status()).isBetween(500, 504);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  void opensNoTunnelToWhatIsNotThere() throws Exception {
    String nobody = "https://" + FreePorts.take(1).get(0).authority() + "/";
    try (HttpAgent agent = member(ProxyServer.PASSWORD)) {
      for (String url : new String[] {nobody, "https://nowhere.invalid/"}) {
        assertThatThrownBy(() -> agent.get(url))
            .isInstanceOfSatisfying(
                ProxyException.class, e -> assertThat(e.phase()).isEqualTo(Phase.PROXY))
            .hasMessageContaining("refused: 50");
      }
      assertThat(agent.get(server().secureUrl("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesWhoHasNoPasswordOrAWrongOne(boolean wrong) throws Exception {
    try (HttpAgent agent =
        wrong ? member("mistaken") : through(proxy().closed()).build()) {
      HttpResponse refused = agent.get(server().url("/page.txt"));

      assertThat(refused.status()).isIn(401, 407);
      assertThat(refused.attempts()).hasSize(1);
      assertThat(refused.bytes()).isNotEmpty();
      assertThatThrownBy(() -> agent.get(server().secureUrl("/page.txt")))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(wrong ? "refuses the credentials" : "asks for credentials")
          .hasMessageNotContaining("mistaken");
    }
  }
}
