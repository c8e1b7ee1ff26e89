package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ProxyException;
import dev.wireline.http.HttpProxy;
import dev.wireline.line.LineClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SquidTest extends HttpProxyCases {
  @Override
  ProxyServer start() throws IOException {
    return Squid.start();
  }

  @Test
  void refusesATargetThatItsRulesForbid() throws Exception {
    Endpoint target = Endpoint.tcp("forbidden.test", 25);
    try (LineClient client = lines(target, HttpProxy.of(proxy().open()))) {
      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("403");
    }
  }
}
